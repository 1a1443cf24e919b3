import { NavLink } from 'react-router';
import { Avatar } from '@/components/avatar';
import { LoadMore } from '@/components/load-more';
import { ErrorNotice, Notice } from '@/components/notice';
import { RelativeTime } from '@/components/relative-time';
import { Skeleton } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { morePages } from '@/lib/api/pages';
import type { MessageGroup } from '@/lib/api/types';
import { useMessageGroups } from '../api/get-message-groups';
import styles from './message-group-list.module.css';

/** The person's conversations: who with, the last line, and how long ago. */
export function MessageGroupList() {
  const groups = useMessageGroups();

  if (!groups.data) return <MissingMessageGroups groups={groups} />;
  if (groups.data.length === 0) {
    return (
      <Notice title="No conversations yet">Type somebody’s handle above to write the first message.</Notice>
    );
  }
  return (
    <>
      <ul aria-label="Conversations" className={styles.list}>
        {groups.data.map((group) => (
          <li key={group.uuid}>
            <MessageGroupRow group={group} />
          </li>
        ))}
      </ul>
      <LoadMore more={morePages(groups)} what="older conversations" />
    </>
  );
}

/** What stands in place of the conversations until they are there. */
export function MissingMessageGroups({ groups }: { groups: ReturnType<typeof useMessageGroups> }) {
  return groups.isPending ? (
    <MessageGroupListSkeleton />
  ) : (
    <ErrorNotice
      title="Your conversations did not load"
      error={groups.error}
      retrying={groups.isFetching}
      onRetry={groups.refetch}
    />
  );
}

/** @param compact leaves out the handle, where there is little room */
export function MessageGroupRow({ group, compact = false }: { group: MessageGroup; compact?: boolean }) {
  return (
    <NavLink to={paths.conversation(group.uuid)} className={styles.row}>
      <Avatar handle={group.handle} displayName={group.display_name} size="2.75rem" />
      <span className={styles.who}>
        <bdi className={styles.name}>{group.display_name}</bdi>{' '}
        {!compact && <span className={styles.handle}>@{group.handle}</span>}
      </span>
      <span className={styles.time}>
        <RelativeTime timestamp={group.created_at} />
      </span>
      <span dir="auto" className={styles.line}>
        {group.message}
      </span>
    </NavLink>
  );
}

function MessageGroupListSkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading conversations…</span>
      {[0, 1, 2].map((row) => (
        <div key={row} className={styles.row}>
          <Skeleton width="2.75rem" height="2.75rem" />
          <span className={styles.who}>
            <Skeleton width="8rem" />
          </span>
          <span className={styles.line}>
            <Skeleton width="90%" />
          </span>
        </div>
      ))}
    </div>
  );
}
