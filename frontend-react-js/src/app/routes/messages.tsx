import { Outlet, useParams } from 'react-router';
import { MessageGroupList } from '@/features/messages/components/message-group-list';
import { StartConversation } from '@/features/messages/components/start-conversation';
import styles from './messages.module.css';

/** Conversations beside the open one; on a phone one of the two at a time. */
export function Component() {
  const { handle, message_group_uuid } = useParams();
  const open = handle !== undefined || message_group_uuid !== undefined;
  const Heading = open ? 'h2' : 'h1';
  return (
    <div className={styles.page} data-open={open || undefined}>
      <section aria-labelledby="conversations" className={styles.groups}>
        <div className={styles.heading}>
          <Heading id="conversations">Messages</Heading>
          <StartConversation />
        </div>
        <div className={styles.list}>
          <MessageGroupList />
        </div>
      </section>
      <div className={styles.content}>
        <Outlet />
      </div>
    </div>
  );
}
