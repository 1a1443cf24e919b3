import { Outlet, useNavigate, useParams } from 'react-router';
import { paths } from '@/config/paths';
import { MessageGroupList } from '@/features/messages/components/message-group-list';
import { FindPerson } from '@/features/users/components/find-person';
import { useUser } from '@/lib/auth/session';
import { Main } from '../shell/main';
import styles from './messages.module.css';

/** Conversations beside the open one; on a phone one of the two at a time. */
export function Component() {
  const me = useUser();
  const navigate = useNavigate();
  const { handle, message_group_uuid } = useParams();
  const open = handle !== undefined || message_group_uuid !== undefined;
  const Heading = open ? 'h2' : 'h1';
  return (
    <Main fitted>
      <div className={styles.page} data-open={open || undefined}>
        <section aria-labelledby="conversations" className={styles.groups}>
          <div className={styles.heading}>
            <Heading id="conversations">Messages</Heading>
            <FindPerson
              label="Handle of the person to write to"
              action="Write"
              except={me.handle}
              onChoose={(to) => void navigate(paths.newMessage(to))}
            />
          </div>
          <div className={styles.list}>
            <MessageGroupList />
          </div>
        </section>
        <div className={styles.content}>
          <Outlet />
        </div>
      </div>
    </Main>
  );
}
