import type { ReactNode } from 'react';
import { Avatar } from '@/components/avatar';
import { Skeleton } from '@/components/skeleton';
import type { User } from '@/lib/api/types';
import styles from './profile-header.module.css';

interface ProfileHeaderProps {
  handle: string;
  /** Who goes by the handle; undefined while that is being asked for. */
  person: User | undefined;
  /** What can be done with the person. */
  action: ReactNode;
}

/** Whose page it is. */
export function ProfileHeader({ handle, person, action }: ProfileHeaderProps) {
  return (
    <header className={styles.header}>
      <Avatar handle={handle} displayName={person?.display_name ?? ''} size="4.5rem" />
      <div className={styles.who}>
        {person ? (
          <h1 className={styles.name}>
            <bdi>{person.display_name}</bdi>
          </h1>
        ) : (
          <>
            <h1 className="visually-hidden">@{handle}</h1>
            <Skeleton width="10rem" height="1.5rem" />
          </>
        )}
        <p className={styles.handle}>@{handle}</p>
      </div>
      {action}
    </header>
  );
}
