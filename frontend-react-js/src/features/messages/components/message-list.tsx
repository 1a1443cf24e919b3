import { useMemo, useState, type RefObject } from 'react';
import { Button } from '@/components/button';
import { LoadMore, type More } from '@/components/load-more';
import { useNow } from '@/components/relative-time';
import { Skeleton } from '@/components/skeleton';
import type { Message } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { startOfDay } from '@/lib/time';
import { layOut } from '../conversation-layout';
import type { useOutbox } from '../use-outbox';
import { usePlace } from '../use-place';
import { MessageItem, OutgoingItem } from './message-item';
import styles from './message-list.module.css';

/** Pixels from the newest message at which somebody is taken to be reading older ones. */
const READING_DISTANCE = 300;

interface MessageListProps {
  scroller: RefObject<HTMLDivElement | null>;
  messageGroupUuid: string;
  /** Oldest first. */
  messages: readonly Message[];
  older: More;
  outbox: ReturnType<typeof useOutbox>;
}

/**
 * Messages, newest at the bottom, where it opens. The scroll box runs from its end (`column-reverse`), so the
 * browser itself keeps the place when older messages appear above or new ones below.
 */
export function MessageList({ scroller, messageGroupUuid, messages, older, outbox }: MessageListProps) {
  const { handle: myHandle } = useUser();
  const today = startOfDay(useNow());
  const items = useMemo(() => layOut(messages), [messages]);
  usePlace(scroller, messageGroupUuid, older);
  const [reading, setReading] = useState(false);
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        onScroll={(event) => setReading(event.currentTarget.scrollTop < -READING_DISTANCE)}
        tabIndex={0}
        role="region"
        aria-label="Messages, newest last"
        className={styles.scroller}
      >
        <div className={styles.content}>
          <LoadMore more={older} what="older messages" scroller={scroller} />
          {messages.length === 0 && outbox.outgoing.length === 0 && (
            <p className={styles.empty}>No messages yet.</p>
          )}
          <ol aria-label="Conversation">
            {items.map((item) => (
              <MessageItem
                key={item.message.uuid}
                {...item}
                mine={item.message.handle === myHandle}
                today={today}
              />
            ))}
            <OutgoingItems outbox={outbox} />
          </ol>
          <NewMessageAnnouncer newest={messages.at(-1)} myHandle={myHandle} />
        </div>
      </div>
      {reading && (
        <Button
          variant="quiet"
          className={styles.newest}
          onClick={() => scroller.current?.scrollTo({ top: 0 })}
        >
          To the newest
        </Button>
      )}
    </div>
  );
}

/** One's own messages that the API does not have yet. */
export function OutgoingItems({ outbox }: Pick<MessageListProps, 'outbox'>) {
  return outbox.outgoing.map((message) => (
    <OutgoingItem
      key={message.id}
      message={message}
      onRetry={() => outbox.retry(message.id)}
      onDiscard={() => outbox.discard(message.id)}
    />
  ));
}

/** Reads out what arrives from the other person while the conversation is open. */
function NewMessageAnnouncer({ newest, myHandle }: { newest: Message | undefined; myHandle: string }) {
  const [opened] = useState(newest?.uuid);
  const arrived = newest && newest.uuid !== opened && newest.handle !== myHandle;
  return (
    <p aria-live="polite" className="visually-hidden">
      {arrived && `${newest.display_name}: ${newest.message}`}
    </p>
  );
}

export function MessageListSkeleton() {
  return (
    <div role="status" className={styles.skeleton}>
      <span className="visually-hidden">Loading messages…</span>
      {['60%', '45%', '70%', '30%', '55%'].map((width, index) => (
        <div key={width} data-mine={index % 2 === 1 || undefined}>
          <Skeleton width={width} height="2.75rem" />
        </div>
      ))}
    </div>
  );
}
