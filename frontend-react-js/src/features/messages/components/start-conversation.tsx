import { useId, useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '@/components/button';
import { paths } from '@/config/paths';
import styles from './start-conversation.module.css';

/** Goes to a conversation with the person of a handle, be it new or there already. */
export function StartConversation() {
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const handle = text.trim().replace(/^@/, '');

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!handle) return;
    setText('');
    void navigate(paths.newMessage(handle));
  };

  return (
    <form onSubmit={submit} className={styles.form}>
      <label htmlFor={id} className="visually-hidden">
        Handle of the person to write to
      </label>
      <span className={styles.input}>
        <span aria-hidden="true">@</span>
        <input
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="handle"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
        />
      </span>
      <Button type="submit" variant="quiet" disabled={!handle}>
        Write
      </Button>
    </form>
  );
}
