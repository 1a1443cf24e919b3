import { Link, useParams } from 'react-router';
import { ErrorNotice, Notice } from '@/components/notice';
import { ButtonLink } from '@/components/button-link';
import { paths } from '@/config/paths';
import { useUserActivities } from '@/features/activities/api/get-user-activities';
import { ActivityList } from '@/features/activities/components/activity-list';
import { Replies } from '@/features/activities/components/replies';
import { useUserByHandle } from '@/features/users/api/get-user';
import { ProfileHeader } from '@/features/users/components/profile-header';
import { isNotFound } from '@/lib/api/errors';
import type { User } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { normalizeHandle } from '@/lib/handles';
import { usePageTitle } from '@/lib/use-page-title';
import { SignOut } from '../shell/sign-out';
import styles from './profile.module.css';

/** A person's page at `/@handle`. */
export function Component() {
  const handle = normalizeHandle(useParams().profile ?? '');
  const me = useUser();
  const person = useUserByHandle(handle);
  usePageTitle(person.data ? `${person.data.display_name} (@${handle})` : `@${handle}`);

  if (isNotFound(person.error)) {
    return (
      <Notice level="h1" title={`Nobody goes by @${handle}`} action={<Link to={paths.home}>Home</Link>}>
        Check the spelling of the handle, or find the person by name on the home page.
      </Notice>
    );
  }
  if (person.isError) {
    return (
      <>
        <h1 className="visually-hidden">@{handle}</h1>
        <ErrorNotice
          title={`@${handle} did not load`}
          error={person.error}
          retrying={person.isFetching}
          onRetry={person.refetch}
        />
      </>
    );
  }
  return (
    <>
      <ProfileHeader
        handle={handle}
        person={person.data}
        action={
          handle === me.handle ? (
            <div className={styles.signOut}>
              <SignOut className={styles.button} />
            </div>
          ) : (
            <ButtonLink to={paths.newMessage(handle)}>Message</ButtonLink>
          )
        }
      />
      {person.data && <Activities key={handle} person={person.data} isMe={handle === me.handle} />}
    </>
  );
}

function Activities({ person, isMe }: { person: User; isMe: boolean }) {
  const activities = useUserActivities(person.handle);
  return (
    <ActivityList
      list={activities}
      label="Cruds"
      renderReplies={(activity) => <Replies activity={activity} />}
      mixed
      empty={
        <Notice title="No cruds right now">
          {isMe
            ? 'What you post on the home page also stands here.'
            : `${person.display_name} has none that lasts until now.`}
        </Notice>
      }
    />
  );
}
