import type { UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link, Navigate, useNavigate } from 'react-router';
import { ErrorNotice, Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { describeError, isNotFound } from '@/lib/api/errors';
import type { User } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { useDraft } from '@/lib/use-draft';
import { usePageTitle } from '@/lib/use-page-title';
import { useMessageGroups } from '../api/get-message-groups';
import { useSendFirstMessage } from '../api/send-message';
import { ConversationHeader } from './conversation-header';
import { MessageComposer } from './message-composer';
import { MessageListSkeleton } from './message-list';
import styles from './conversation.module.css';

interface NewConversationProps {
  handle: string;
  /** Who goes by the handle, as far as that is known. */
  person: UseQueryResult<User>;
}

/** A conversation that begins with its first message. Give it a `key` of the handle. */
export function NewConversation({ handle, person }: NewConversationProps) {
  const me = useUser();
  const navigate = useNavigate();
  const groups = useMessageGroups();
  const draft = useDraft(`@${handle}`);
  const firstMessage = useSendFirstMessage(draft.clear);
  const attempt = useRef({ message: '', idempotencyKey: '' });
  usePageTitle(person.data ? `New message to ${person.data.display_name}` : 'New message');

  const existing = groups.data?.find((group) => group.handle === handle);
  if (existing) return <Navigate to={paths.conversation(existing.uuid)} replace />;

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

  const send = (message: string) => {
    // The same text again is another attempt at the same message.
    if (attempt.current.message !== message)
      attempt.current = { message, idempotencyKey: crypto.randomUUID() };
    firstMessage.mutate(
      { handle, ...attempt.current },
      { onSuccess: (sent) => void navigate(paths.conversation(sent.message_group_uuid), { replace: true }) },
    );
  };

  return (
    <div className={styles.conversation}>
      <ConversationHeader person={person.data} />
      {person.isPending ? (
        <MessageListSkeleton />
      ) : (
        <div className={styles.fill}>
          <Notice title={`This is the beginning of your conversation with ${person.data.display_name}`}>
            Write the first message below.
          </Notice>
        </div>
      )}
      <MessageComposer
        text={draft.text}
        onChange={draft.change}
        onSend={send}
        recipient={person.data?.display_name ?? `@${handle}`}
        busy={firstMessage.isPending}
        problem={firstMessage.isError ? `Not sent. ${describeError(firstMessage.error)}` : undefined}
      />
    </div>
  );
}
