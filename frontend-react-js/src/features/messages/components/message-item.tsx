import { memo } from 'react';
import { Avatar } from '@/components/avatar';
import { clockTime, dayName, fullTime } from '@/lib/time';
import type { LaidOutMessage } from '../conversation-layout';
import type { OutgoingMessage } from '../outbox';
import styles from './message-item.module.css';

interface MessageItemProps extends LaidOutMessage {
  mine: boolean;
  /** The present day, as a time in it. It stays the same all day, so that the clock renders no message again. */
  today: number;
}

/** A message of the conversation, rendered again only when it changes: there may be thousands. */
export const MessageItem = memo(function MessageItem({
  message,
  startsDay,
  startsRun,
  mine,
  today,
}: MessageItemProps) {
  return (
    <li
      className={styles.item}
      data-uuid={message.uuid}
      data-mine={mine || undefined}
      data-starts-run={startsRun || undefined}
    >
      {startsDay && (
        <h2 className={styles.day}>
          <span>{dayName(message.created_at, today)}</span>
        </h2>
      )}
      <article
        className={styles.message}
        aria-label={`${mine ? 'You' : message.display_name}, ${fullTime(message.created_at)}`}
      >
        {!mine && (
          <span className={styles.avatar}>
            {startsRun && <Avatar handle={message.handle} displayName={message.display_name} size="2rem" />}
          </span>
        )}
        <div className={styles.body}>
          {startsRun && (
            <p className={styles.meta}>
              {!mine && (
                <>
                  <bdi className={styles.name}>{message.display_name}</bdi>{' '}
                </>
              )}
              <time dateTime={message.created_at} title={fullTime(message.created_at)}>
                {clockTime(message.created_at)}
              </time>
            </p>
          )}
          <p dir="auto" className={styles.bubble}>
            {message.message}
          </p>
        </div>
      </article>
    </li>
  );
});

interface OutgoingItemProps {
  message: OutgoingMessage;
  onRetry: () => void;
  onDiscard: () => void;
}

/** One of our own messages that the API does not have yet. */
export function OutgoingItem({ message, onRetry, onDiscard }: OutgoingItemProps) {
  return (
    <li className={styles.item} data-mine data-status={message.status}>
      <article className={styles.message} aria-label="You, not sent yet">
        <div className={styles.body}>
          <p dir="auto" className={styles.bubble}>
            {message.text}
          </p>
          {message.status === 'sending' && <p className={styles.sending}>Sending…</p>}
          {message.status === 'discarding' && (
            <p role="status" className={styles.sending}>
              Discarding… It may have been sent already.
            </p>
          )}
          {(message.status === 'waiting' || message.status === 'rejected') && (
            <div className={styles.unsent}>
              <p role="status">
                {message.status === 'waiting'
                  ? 'Not sent yet. Cruddur sends it as soon as it can.'
                  : `Not sent. ${message.problem ?? ''}`}
              </p>
              <button type="button" onClick={onRetry}>
                Send now
              </button>
              <button type="button" onClick={onDiscard}>
                Discard
              </button>
            </div>
          )}
        </div>
      </article>
    </li>
  );
}
