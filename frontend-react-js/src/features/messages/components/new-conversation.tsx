import type { UseQueryResult } from '@tanstack/react-query';
import { Link, Navigate } from 'react-router';
import { ErrorNotice, Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { isNotFound } from '@/lib/api/errors';
import type { User } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { usePageTitle } from '@/lib/use-page-title';
import { useMessageGroups } from '../api/get-message-groups';
import { useMessagesContext } from '../messages-context';
import { useOutbox } from '../use-outbox';
import { ConversationHeader } from './conversation-header';
import { MessageComposer } from './message-composer';
import { MessageListSkeleton, OutgoingItems } from './message-list';
import styles from './conversation.module.css';

interface NewConversationProps {
  handle: string;
  /** Who goes by the handle, as far as that is known. */
  person: UseQueryResult<User>;
}

/** A conversation that begins with its first message, which leads to it. Give it a `key` of the handle. */
export function NewConversation({ handle, person }: NewConversationProps) {
  const me = useUser();
  const groups = useMessageGroups();
  const outbox = useOutbox({ handle });
  const sentTo = useMessagesContext().outbox.groupWith(handle);
  usePageTitle(person.data ? `New message to ${person.data.display_name}` : 'New message');

  const existing = groups.data?.find((group) => group.handle === handle)?.uuid ?? sentTo;
  if (existing) return <Navigate to={paths.conversation(existing)} replace />;

  if (handle === me.handle) {
    return (
      <Notice level="h1" title="That is you" action={<Link to={paths.messages}>All conversations</Link>}>
        Messages go to other people. Choose somebody else’s handle.
      </Notice>
    );
  }
  if (isNotFound(person.error)) {
    return (
      <Notice
        level="h1"
        title={`Nobody goes by @${handle}`}
        action={<Link to={paths.messages}>All conversations</Link>}
      >
        Check the spelling of the handle.
      </Notice>
    );
  }
  if (person.isError) {
    return (
      <ErrorNotice
        title={`@${handle} did not load`}
        error={person.error}
        retrying={person.isFetching}
        onRetry={person.refetch}
      />
    );
  }

  return (
    <div className={styles.conversation}>
      <ConversationHeader person={person.data} />
      <div className={styles.missing}>
        {person.isPending ? (
          <MessageListSkeleton />
        ) : (
          <Beginning name={person.data.display_name} isFirst={groups.isSuccess && !groups.hasNextPage} />
        )}
        {outbox.outgoing.length > 0 && (
          <ol aria-label="Conversation" className={styles.outgoing}>
            <OutgoingItems outbox={outbox} />
          </ol>
        )}
      </div>
      <MessageComposer person={person.data ?? { handle, display_name: `@${handle}` }} onSend={outbox.send} />
    </div>
  );
}

/** @param isFirst whether there is certainly no conversation yet: it could be in the part of the list that is not loaded */
function Beginning({ name, isFirst }: { name: string; isFirst: boolean }) {
  return isFirst ? (
    <Notice title={`This is the beginning of your conversation with ${name}`}>
      Write the first message below.
    </Notice>
  ) : (
    <Notice title={`Write to ${name}`}>
      Your message opens the conversation that you have, or begins one.
    </Notice>
  );
}
