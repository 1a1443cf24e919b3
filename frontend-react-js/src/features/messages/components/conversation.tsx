import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { ErrorNotice, Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { isNotFound } from '@/lib/api/errors';
import type { Message, MessageGroup } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { useDraft } from '@/lib/use-draft';
import { usePageTitle } from '@/lib/use-page-title';
import { useMessageGroups } from '../api/get-message-groups';
import { useMessages } from '../api/get-messages';
import { useOutbox } from '../use-outbox';
import { ConversationHeader } from './conversation-header';
import { MessageComposer } from './message-composer';
import { MessageList, MessageListSkeleton, OutgoingItems } from './message-list';
import styles from './conversation.module.css';

/** One conversation: header, messages from the newest up, and the box to write in. Give it a `key` of its uuid. */
export function Conversation({ messageGroupUuid }: { messageGroupUuid: string }) {
  const me = useUser();
  const groups = useMessageGroups();
  const messages = useMessages(messageGroupUuid);
  const outbox = useOutbox(messageGroupUuid);
  const draft = useDraft(messageGroupUuid);
  const scroller = useRef<HTMLDivElement>(null);

  const group = groups.data?.find((each) => each.uuid === messageGroupUuid);
  const person = otherPerson(group, messages.data, me.handle);
  useFollowing(group, messages);
  usePageTitle(person?.display_name ?? 'Conversation');

  if (isNotFound(messages.error)) {
    return (
      <Notice
        level="h1"
        title="This conversation does not exist"
        action={<Link to={paths.messages}>All conversations</Link>}
      >
        Or you are not part of it.
      </Notice>
    );
  }

  const send = (text: string) => {
    outbox.send(text);
    draft.clear();
    // The list is laid out from its end, which is where 0 lies.
    scroller.current?.scrollTo({ top: 0 });
  };

  return (
    <div className={styles.conversation}>
      <ConversationHeader person={person} />
      {messages.data ? (
        <MessageList scroller={scroller} messages={messages} myHandle={me.handle} outbox={outbox} />
      ) : (
        <div className={styles.missing}>
          {messages.isPending ? (
            <MessageListSkeleton />
          ) : (
            <ErrorNotice
              title="The messages did not load"
              error={messages.error}
              retrying={messages.isFetching}
              onRetry={messages.refetch}
            />
          )}
          {/* What waits to be sent is there already, however long the rest takes. */}
          {outbox.outgoing.length > 0 && (
            <ol aria-label="Conversation" className={styles.outgoing}>
              <OutgoingItems outbox={outbox} />
            </ol>
          )}
        </div>
      )}
      <MessageComposer
        text={draft.text}
        onChange={draft.change}
        onSend={send}
        recipient={person?.display_name ?? 'this conversation'}
      />
    </div>
  );
}

/** Fetches messages when the list of conversations shows a newer one than is here. */
function useFollowing(group: MessageGroup | undefined, messages: ReturnType<typeof useMessages>) {
  const { refetch } = messages;
  const newestListed = group ? Date.parse(group.created_at) : 0;
  const newestHere = Date.parse(messages.data?.at(-1)?.created_at ?? '');
  const behind = newestListed > newestHere;
  useEffect(() => {
    if (behind) void refetch();
  }, [behind, newestListed, refetch]);
}

/** The list of conversations names the other person; a conversation too old to be in it names them in its messages. */
function otherPerson(group: MessageGroup | undefined, messages: Message[] | undefined, myHandle: string) {
  return group ?? messages?.find((message) => message.handle !== myHandle);
}
