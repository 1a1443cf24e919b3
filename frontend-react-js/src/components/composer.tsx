import { useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type SubmitEvent } from 'react';
import TextareaAutosize from 'react-textarea-autosize';
import { codePoints } from '@/lib/code-points';
import { useDraft } from '@/lib/drafts';
import { isComposing } from '@/lib/keyboard';
import { Button } from './button';
import styles from './composer.module.css';

/** Longest message, crud or reply the API takes, in Unicode code points. */
export const MAX_MESSAGE_LENGTH = 1024;

/** The length from which on the counter shows. */
const NEARLY_TOO_LONG = 900;

interface ComposerProps {
  /** What the text is for. The composer keeps it as a draft, and whoever sends it removes the draft. */
  draft: string;
  /** Gets the text without surrounding blanks, never empty or too long. */
  onSend: (text: string) => void;
  /** What is being written, for whoever does not see the box. */
  label: string;
  placeholder: string;
  /** Content of the button. */
  submit: ReactNode;
  /**
   * `line`: a chat's single growing line, where Enter sends. `block`: a box with its controls below, where
   * Enter makes a new line and Ctrl+Enter or ⌘+Enter sends.
   */
  layout: 'line' | 'block';
  /** Whether the keyboard starts here, unless that would open one on the screen. */
  autoFocus?: boolean;
  /** Further fields, beside the button. */
  children?: ReactNode;
  busy?: boolean;
  problem?: string | undefined;
}

/** A box to write in, with a counter. On a touch keyboard Enter is always a new line, and the button sends. */
export function Composer({
  draft,
  onSend,
  label,
  placeholder,
  submit,
  layout,
  autoFocus = false,
  children,
  busy = false,
  problem,
}: ComposerProps) {
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, change] = useDraft(draft);
  const message = text.trim();
  const length = codePoints(message).length;
  const excess = length - MAX_MESSAGE_LENGTH;
  const canSend = message !== '' && excess <= 0 && !busy;

  useLayoutEffect(() => {
    const box = input.current;
    // Where focus would open an on-screen keyboard, what is on the page comes first.
    if (!box || !autoFocus || touches()) return;
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
  }, [autoFocus]);

  const send = () => {
    if (canSend) onSend(message);
    input.current?.focus({ preventScroll: true });
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    const sends = event.ctrlKey || event.metaKey || (layout === 'line' && !touches());
    if (!sends) return;
    event.preventDefault();
    send();
  };

  const problems = [
    problem,
    excess > 0 && `${excess} ${excess === 1 ? 'character' : 'characters'} too many. Shorten it to send it.`,
  ]
    .filter(Boolean)
    .join(' ');

  return (
    <form onSubmit={onSubmit} className={styles.composer} data-layout={layout}>
      {problems && (
        <p id={`${id}-problem`} role="alert" className={styles.problem}>
          {problems}
        </p>
      )}
      <TextareaAutosize
        ref={input}
        minRows={layout === 'line' ? 1 : 2}
        dir="auto"
        value={text}
        readOnly={busy}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={label}
        aria-describedby={[`${id}-count`, problems && `${id}-problem`].filter(Boolean).join(' ')}
        aria-invalid={excess > 0 || undefined}
        placeholder={placeholder}
        className={styles.input}
      />
      {children && <div className={styles.options}>{children}</div>}
      <p id={`${id}-count`} className={styles.count} data-over={excess > 0 || undefined}>
        <span className="visually-hidden">Characters: </span>
        {length < NEARLY_TOO_LONG ? '' : `${length} / ${MAX_MESSAGE_LENGTH}`}
      </p>
      <Button type="submit" disabled={!canSend && !busy} busy={busy} className={styles.submit}>
        {submit}
      </Button>
    </form>
  );
}

function touches(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
