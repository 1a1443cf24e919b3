import type { ReactNode, Ref, SubmitEvent } from 'react';
import { Button } from '@/components/button';
import { describeAuthError, type AuthAction } from '@/lib/auth/auth-errors';
import styles from './auth-form.module.css';

interface AuthFormProps {
  action: AuthAction;
  /** The mutation that the form starts. */
  attempt: { isPending: boolean; error: Error | null };
  onSubmit: (data: FormData) => void;
  submit: string;
  submitting: string;
  buttonRef?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** Fields, the reason why the last attempt failed, and one button. */
export function AuthForm({
  action,
  attempt,
  onSubmit,
  submit,
  submitting,
  buttonRef,
  children,
}: AuthFormProps) {
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={handleSubmit} className={styles.form}>
      {children}
      {attempt.error && (
        <p role="alert" className={styles.problem}>
          {describeAuthError(attempt.error, action)}
        </p>
      )}
      <Button ref={buttonRef} type="submit" busy={attempt.isPending}>
        {attempt.isPending ? submitting : submit}
      </Button>
    </form>
  );
}

/** A word to the person above or between the fields. */
export function AuthNotice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className={styles.notice}>
      {children}
    </p>
  );
}

/** Where else one might want to go. */
export function AuthLinks({ children }: { children: ReactNode }) {
  return <div className={styles.links}>{children}</div>;
}

/** The value of a text field, without the blanks around it; passwords are taken as they are. */
export function textOf(data: FormData, name: string): string {
  return passwordOf(data, name).trim();
}

export function passwordOf(data: FormData, name = 'password'): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
