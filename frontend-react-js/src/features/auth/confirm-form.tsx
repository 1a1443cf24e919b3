import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from '@/components/button';
import { TextField } from '@/components/text-field';
import { env } from '@/config/env';
import { paths } from '@/config/paths';
import { describeAuthError } from '@/lib/auth/auth-errors';
import { beginSession } from '@/lib/auth/session';
import { AuthForm, AuthLinks, AuthNotice, textOf } from './auth-form';
import { CodeField } from './code-field';

/** Confirms an account with the code that Cognito sent. */
export function ConfirmForm({ username: initialUsername }: { username: string }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [username, setUsername] = useState(initialUsername);

  const attempt = useMutation({
    mutationFn: async (code: string) => {
      const { confirmSignUp } = await import('@/lib/auth/cognito');
      const signedIn = await confirmSignUp(username.trim(), code);
      if (signedIn) await beginSession(queryClient);
      return signedIn;
    },
    onSuccess: (signedIn) => {
      const state = { username: username.trim(), notice: 'Your account is confirmed. Sign in with it.' };
      if (!signedIn) void navigate(paths.signIn(), { state });
    },
  });

  return (
    <>
      <AuthForm
        action="confirm"
        attempt={attempt}
        onSubmit={(data) => attempt.mutate(textOf(data, 'code'))}
        submit="Confirm"
        submitting="Confirming…"
      >
        <TextField
          label="E-mail"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus={!initialUsername}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <CodeField autoFocus={initialUsername !== ''} />
      </AuthForm>
      {/* The local pool cannot send a code again; the first one stays good. */}
      {!env().cognito.endpoint && <ResendCode username={username.trim()} />}
      <AuthLinks>
        <Link to={paths.signIn()}>Back to sign-in</Link>
      </AuthLinks>
    </>
  );
}

function ResendCode({ username }: { username: string }) {
  const resend = useMutation({
    mutationFn: async () => {
      const { resendSignUpCode } = await import('@/lib/auth/cognito');
      await resendSignUpCode(username);
    },
  });
  return (
    <>
      <Button variant="quiet" disabled={!username} busy={resend.isPending} onClick={() => resend.mutate()}>
        Send a new code
      </Button>
      {resend.isSuccess && <AuthNotice>A new code is on its way.</AuthNotice>}
      {resend.error && <AuthNotice>{describeAuthError(resend.error, 'confirm')}</AuthNotice>}
    </>
  );
}
