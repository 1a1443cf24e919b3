import { useRef } from 'react';
import { Link, Navigate, useNavigate } from 'react-router';
import { ErrorNotice, Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { describeError, isNotFound } from '@/lib/api/errors';
import { useUser } from '@/lib/auth/session';
import { usePageTitle } from '@/lib/use-page-title';
import { useMessageGroups } from '../api/get-message-groups';
import { useUserShort } from '../api/get-user-short';
import { useSendFirstMessage } from '../api/send-message';
import { useDraft } from '../use-draft';
import { Composer } from './composer';
import { ConversationHeader } from './conversation-header';
import { MessageListSkeleton } from './message-list';
import styles from './conversation.module.css';

/** A conversation that begins with its first message. Give it a `key` of the handle. */
export function NewConversation({ handle }: { handle: string }) {
  const me = useUser();
  const navigate = useNavigate();
  const groups = useMessageGroups();
  const person = useUserShort(handle);
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
      <Composer
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
