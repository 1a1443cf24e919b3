import { Avatar } from '@/components/avatar';
import { clockTime, dayName, fullTime } from '@/lib/time';
import type { LaidOutMessage } from '../conversation-layout';
import type { OutgoingMessage } from '../outbox';
import styles from './message-item.module.css';

interface MessageItemProps extends LaidOutMessage {
  mine: boolean;
  now: number;
}

export function MessageItem({ message, startsDay, startsRun, mine, now }: MessageItemProps) {
  return (
    <li className={styles.item} data-mine={mine || undefined} data-starts-run={startsRun || undefined}>
      {startsDay && (
        <h2 className={styles.day}>
          <span>{dayName(message.created_at, now)}</span>
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
              {!mine && <span className={styles.name}>{message.display_name} </span>}
              <time dateTime={message.created_at} title={fullTime(message.created_at)}>
                {clockTime(message.created_at)}
              </time>
            </p>
          )}
          <p className={styles.bubble}>{message.message}</p>
        </div>
      </article>
    </li>
  );
}

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
          <p className={styles.bubble}>{message.text}</p>
          {message.status === 'sending' ? (
            <p className={styles.sending}>Sending…</p>
          ) : (
            <div className={styles.unsent}>
              <p role="status">
                {message.status === 'waiting'
                  ? 'Not sent yet. It goes out as soon as Cruddur can be reached.'
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
