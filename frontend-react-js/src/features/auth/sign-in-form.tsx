import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/text-field';
import { env } from '@/config/env';
import { describeAuthError } from '@/lib/auth/auth-errors';
import { signIn } from '@/lib/auth/session';
import styles from './auth-form.module.css';
import { LocalUsers } from './local-users';

/** Signs in; who renders it decides where that leads. `expired` says why the person is asked again. */
export function SignInForm({ expired }: { expired: boolean }) {
  const queryClient = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = useRef<HTMLButtonElement>(null);
  const attempt = useMutation({ mutationFn: () => signIn(queryClient, username.trim(), password) });

  useEffect(() => {
    // Fetched while the person types, so that the button answers at once.
    void import('@/lib/auth/cognito');
  }, []);

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    attempt.mutate();
  };

  return (
    <>
      {expired && (
        <p role="status" className={styles.notice}>
          Your session has ended. Sign in again to go on where you were.
        </p>
      )}
      <form onSubmit={onSubmit} className={styles.form}>
        <TextField
          label="Handle or e-mail"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {attempt.isError && (
          <p role="alert" className={styles.problem}>
            {describeAuthError(attempt.error)}
          </p>
        )}
        <Button ref={submit} type="submit" busy={attempt.isPending}>
          {attempt.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      {env().cognito.endpoint && (
        <LocalUsers
          onChoose={(handle, localPassword) => {
            setUsername(handle);
            setPassword(localPassword);
            submit.current?.focus();
          }}
        />
      )}
    </>
  );
}
