import { useMessageGroups } from '../api/get-message-groups';
import { MessageGroupRow, MissingMessageGroups } from './message-group-list';
import styles from './recent-conversations.module.css';

const MOST_SHOWN = 4;

/** The conversations with the newest messages. */
export function RecentConversations() {
  const groups = useMessageGroups();

  if (!groups.data) return <MissingMessageGroups groups={groups} />;
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
