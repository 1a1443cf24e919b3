import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Avatar } from '@/components/avatar';
import { ReplyIcon } from '@/components/icons';
import { RelativeTime } from '@/components/relative-time';
import { paths } from '@/config/paths';
import type { Activity } from '@/lib/api/types';
import { fullTime, timeUntil } from '@/lib/time';
import { LikeButton } from './like-button';
import styles from './activity-item.module.css';

interface ActivityItemProps {
  activity: Activity;
  now: number;
  /** Whether a reply has to be marked as one. */
  mixed: boolean;
  /** What opens below it. */
  renderReplies: (activity: Activity) => ReactNode;
}

/** One crud or reply: who, when, how long it stays, what it says, and what can be done with it. */
export function ActivityItem({ activity, now, mixed, renderReplies }: ActivityItemProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { handle, display_name, created_at, expires_at, replies_count } = activity;
  return (
    <>
      <article className={styles.activity} aria-label={`${display_name}, ${fullTime(created_at)}`}>
        {/* The name beside it is the same link, which is enough for the keyboard. */}
        <Link to={paths.profile(handle)} tabIndex={-1} aria-hidden="true" className={styles.avatar}>
          <Avatar handle={handle} displayName={display_name} />
        </Link>
        <div className={styles.body}>
          <p className={styles.meta}>
            <Link to={paths.profile(handle)} className={styles.name}>
              <bdi>{display_name}</bdi>
            </Link>
            <span className={styles.handle}>@{handle}</span>
            <RelativeTime timestamp={created_at} />
            {expires_at && (
              <span title={fullTime(expires_at)} className={styles.expiry}>
                expires {timeUntil(expires_at, now)}
              </span>
            )}
          </p>
          {mixed && activity.reply_to_activity_uuid && <p className={styles.reply}>In reply to a crud</p>}
          <p dir="auto" className={styles.message}>
            {activity.message}
          </p>
          <div className={styles.actions}>
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              title="Replies"
              onClick={() => setOpen(!open)}
              className={styles.action}
            >
              <ReplyIcon />
              <span className="visually-hidden">Replies </span>
              {replies_count > 0 && replies_count}
            </button>
            <LikeButton activity={activity} className={styles.action} />
          </div>
        </div>
      </article>
      {open && (
        <div id={id} className={styles.replies}>
          {renderReplies(activity)}
        </div>
      )}
    </>
  );
}
