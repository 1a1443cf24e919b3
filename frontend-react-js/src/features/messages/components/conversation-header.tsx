import { Link } from 'react-router';
import { Avatar } from '@/components/avatar';
import { BackIcon } from '@/components/icons';
import { Skeleton } from '@/components/skeleton';
import { paths } from '@/config/paths';
import styles from './conversation-header.module.css';

/** Who the conversation is with. */
export function ConversationHeader({
  person,
}: {
  person: { handle: string; display_name: string } | undefined;
}) {
  return (
    <header className={styles.header}>
      <Link to={paths.messages} aria-label="All conversations" className={styles.back}>
        <BackIcon />
      </Link>
      {person ? (
        <>
          <Avatar handle={person.handle} displayName={person.display_name} />
          <div className={styles.who}>
            <h1 className={styles.name}>
              <Link to={paths.profile(person.handle)}>
                <bdi>{person.display_name}</bdi>
              </Link>
            </h1>
            <p className={styles.handle}>@{person.handle}</p>
          </div>
        </>
      ) : (
        <>
          <h1 className="visually-hidden">Conversation</h1>
          <Skeleton width="10rem" height="1.25rem" />
        </>
      )}
    </header>
  );
}
