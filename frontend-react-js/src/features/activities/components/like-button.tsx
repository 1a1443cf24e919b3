import { LikeIcon } from '@/components/icons';
import { describeError } from '@/lib/api/errors';
import type { Activity } from '@/lib/api/types';
import { useLikeActivity } from '../api/like-activity';
import styles from './like-button.module.css';

/** Likes an activity, or takes the like back, and says how many people like it. */
export function LikeButton({ activity, className }: { activity: Activity; className: string | undefined }) {
  const like = useLikeActivity(activity.uuid);
  return (
    <>
      <button
        type="button"
        aria-pressed={activity.liked}
        title="Like"
        onClick={() => like.mutate(!activity.liked)}
        className={className}
      >
        <LikeIcon />
        <span className="visually-hidden">Like </span>
        {activity.likes_count > 0 && activity.likes_count}
      </button>
      {like.isError && (
        <p role="alert" className={styles.problem}>
          {like.variables ? 'Not liked.' : 'Still liked.'} {describeError(like.error)}
        </p>
      )}
    </>
  );
}
