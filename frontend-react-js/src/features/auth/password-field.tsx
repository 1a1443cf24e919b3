import { useState, type ComponentProps } from 'react';
import { TextField } from '@/components/text-field';
import styles from './password-field.module.css';

/** A password, which a button shows in plain text. */
export function PasswordField(input: Omit<ComponentProps<typeof TextField>, 'type' | 'action'>) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      name="password"
      required
      {...input}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      action={
        <button type="button" className={styles.show} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'} <span className="visually-hidden">password</span>
        </button>
      }
    />
  );
}

const RULE = 'At least 8 characters with upper and lower case, a digit and a symbol.';

/** Chooses a password. The rules are Cognito's defaults, which the local pool does not check. */
export function NewPasswordField({ label }: { label: string }) {
  return (
    <PasswordField
      label={label}
      autoComplete="new-password"
      pattern="(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{8,}"
      title={RULE}
      hint={RULE}
    />
  );
}
