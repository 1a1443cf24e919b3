import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadMore } from '@/components/load-more';
import { ErrorNotice } from '@/components/notice';
import { useNow } from '@/components/relative-time';
import { Skeleton } from '@/components/skeleton';
import { morePages } from '@/lib/api/pages';
import type { Activity } from '@/lib/api/types';
import { ActivityItem } from './activity-item';
import styles from './activity-list.module.css';

interface ActivityListProps {
  list: UseInfiniteQueryResult<Activity[]>;
  /** Name of the list, also in what is said about it: `Cruds`, `Replies`. */
  label: string;
  /** Whether cruds and replies stand side by side, so that replies have to be marked. */
  mixed?: boolean;
  /** What opens below an activity. */
  renderReplies: (activity: Activity) => ReactNode;
  /** In place of a list without activities. */
  empty: ReactNode;
}

/** Cruds or replies, the newest first, without those that have expired meanwhile. */
export function ActivityList({ list, label, mixed = false, renderReplies, empty }: ActivityListProps) {
  const now = useNow();

  if (list.isPending) return <ActivityListSkeleton what={label.toLowerCase()} />;
  if (!list.data) {
    return (
      <ErrorNotice
        title={`${label} did not load`}
        error={list.error}
        retrying={list.isFetching}
        onRetry={list.refetch}
      />
    );
  }

  const activities = list.data.filter(
    ({ expires_at }) => expires_at === null || Date.parse(expires_at) > now,
  );
  return (
    <>
      {activities.length === 0 && !list.hasNextPage ? (
        empty
      ) : (
        <ul aria-label={label}>
          {activities.map((activity) => (
            <li key={activity.uuid} className={styles.item}>
              <ActivityItem activity={activity} now={now} mixed={mixed} renderReplies={renderReplies} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore more={morePages(list)} what={`older ${label.toLowerCase()}`} />
    </>
  );
}

function ActivityListSkeleton({ what }: { what: string }) {
  return (
    <div role="status">
      <span className="visually-hidden">Loading {what}…</span>
      {['70%', '45%', '85%'].map((width) => (
        <div key={width} className={styles.skeleton}>
          <Skeleton width="10rem" />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
