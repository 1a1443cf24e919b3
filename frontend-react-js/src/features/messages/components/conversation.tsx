import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { ErrorNotice, Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { isNotFound } from '@/lib/api/errors';
import type { Message, MessageGroup } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { compareTimes } from '@/lib/time';
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
  const scroller = useRef<HTMLDivElement>(null);

  const group = groups.data?.find((each) => each.uuid === messageGroupUuid);
  const person = otherPerson(group, messages.data?.messages, me.handle);
  const outbox = useOutbox({ messageGroupUuid, handle: person?.handle });
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
    // The list is laid out from its end, which is where 0 lies.
    scroller.current?.scrollTo({ top: 0 });
  };

  return (
    <div className={styles.conversation}>
      <ConversationHeader person={person} />
      {messages.data ? (
        <MessageList
          scroller={scroller}
          messageGroupUuid={messageGroupUuid}
          messages={messages.data.messages}
          older={messages.older}
          outbox={outbox}
        />
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
      <MessageComposer messageGroupUuid={messageGroupUuid} person={person} onSend={send} />
    </div>
  );
}

/** Catches up when the list of conversations shows a newer message than is here. */
function useFollowing(group: MessageGroup | undefined, messages: ReturnType<typeof useMessages>) {
  const { refetch, isFetching } = messages;
  const newestListed = group?.created_at;
  const newestHere = messages.data?.messages.at(-1)?.created_at;
  const isBehind =
    newestListed !== undefined && newestHere !== undefined && compareTimes(newestListed, newestHere) > 0;
  const caughtUpTo = useRef<string>(undefined);
  useEffect(() => {
    // The list may be ahead of what can be read, and then one attempt for each of its messages is enough.
    if (!isBehind || isFetching || caughtUpTo.current === newestListed) return;
    caughtUpTo.current = newestListed;
    void refetch();
  }, [isBehind, isFetching, newestListed, refetch]);
}

/** The list of conversations names the other person; a conversation too old to be in it names them in its messages. */
function otherPerson(
  group: MessageGroup | undefined,
  messages: readonly Message[] | undefined,
  myHandle: string,
) {
  return group ?? messages?.find((message) => message.handle !== myHandle);
}
