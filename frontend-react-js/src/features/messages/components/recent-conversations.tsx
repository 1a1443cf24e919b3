import { ErrorNotice } from '@/components/notice';
import { useMessageGroups } from '../api/get-message-groups';
import { MessageGroupListSkeleton, MessageGroupRow } from './message-group-list';
import styles from './recent-conversations.module.css';

const MOST_SHOWN = 4;

/** The conversations with the newest messages. */
export function RecentConversations() {
  const groups = useMessageGroups();

  if (groups.isPending) return <MessageGroupListSkeleton />;
  if (!groups.data) {
    return (
      <ErrorNotice
        title="Your conversations did not load"
        error={groups.error}
        retrying={groups.isFetching}
        onRetry={groups.refetch}
      />
    );
  }
  if (groups.data.length === 0) return <p className={styles.empty}>No conversations yet.</p>;
  return (
    <ul aria-label="Latest conversations">
      {groups.data.slice(0, MOST_SHOWN).map((group) => (
        <li key={group.uuid}>
          <MessageGroupRow group={group} compact />
        </li>
      ))}
    </ul>
  );
}
