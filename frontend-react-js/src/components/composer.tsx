import { useEffect, useId, useRef, type SubmitEvent, type KeyboardEvent } from 'react';
import { Button } from '@/components/button';
import { SendIcon } from '@/components/icons';
import { codePoints } from '@/lib/code-points';
import styles from './composer.module.css';

/** Longest message the API takes, in Unicode code points. */
export const MAX_MESSAGE_LENGTH = 1024;

interface ComposerProps {
  text: string;
  onChange: (text: string) => void;
  /** Gets the text without surrounding blanks, never empty or too long. */
  onSend: (text: string) => void;
  recipient: string;
  busy?: boolean;
  problem?: string | undefined;
}

/** Enter sends, Shift+Enter makes a new line; on a touch keyboard Enter is the new line and the button sends. */
export function Composer({ text, onChange, onSend, recipient, busy = false, problem }: ComposerProps) {
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const message = text.trim();
  const excess = codePoints(message).length - MAX_MESSAGE_LENGTH;
  const canSend = message !== '' && excess <= 0 && !busy;

  useEffect(() => {
    // Where focus would open an on-screen keyboard, the conversation comes first.
    if (!touches()) input.current?.focus({ preventScroll: true });
  }, []);

  const send = () => {
    if (canSend) onSend(message);
    input.current?.focus({ preventScroll: true });
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that chooses a word of an input method is not meant for us.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || touches()) return;
    event.preventDefault();
    send();
  };

  const problems = [problem, excess > 0 && `${excess} characters too many. Shorten it to send it.`]
    .filter(Boolean)
    .join(' ');

  return (
    <form onSubmit={onSubmit} className={styles.composer}>
      {problems && (
        <p id={`${id}-problem`} role="alert" className={styles.problem}>
          {problems}
        </p>
      )}
      <div className={styles.row}>
        <textarea
          ref={input}
          rows={1}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label="Message"
          aria-describedby={[`${id}-count`, problems && `${id}-problem`].filter(Boolean).join(' ')}
          aria-invalid={excess > 0 || undefined}
          placeholder={`Message ${recipient}`}
          className={styles.input}
        />
        <Button type="submit" disabled={!canSend} busy={busy} className={styles.send}>
          <SendIcon />
          <span className="visually-hidden">Send</span>
        </Button>
      </div>
      <p id={`${id}-count`} className={styles.count} data-over={excess > 0 || undefined}>
        <span className="visually-hidden">Characters: </span>
        {message === '' ? '' : `${MAX_MESSAGE_LENGTH + excess} / ${MAX_MESSAGE_LENGTH}`}
      </p>
    </form>
  );
}

function touches(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
