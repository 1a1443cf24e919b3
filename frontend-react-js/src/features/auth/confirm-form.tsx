import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from '@/components/button';
import { TextField } from '@/components/text-field';
import { env } from '@/config/env';
import { paths } from '@/config/paths';
import { api, dataOf } from '@/lib/api/client';
import { describeAuthError } from '@/lib/auth/auth-errors';
import { beginSession } from '@/lib/auth/session';
import { normalizeUserName } from '@/lib/handles';
import { AuthForm, AuthLinks, AuthNotice, textOf } from './auth-form';
import { CodeField } from './code-field';
import { useReturnTo } from './use-return-to';

interface ConfirmFormProps {
  /** Filled in already, after a sign-up or a sign-in. */
  username: string;
  /** Why the person is here, when they did not ask for this page. */
  notice?: string | undefined;
}

/** Confirms an account with the code that Cognito sent. */
export function ConfirmForm({ username: initialUsername, notice }: ConfirmFormProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const returnTo = useReturnTo();
  const [username, setUsername] = useState(initialUsername);

  const attempt = useMutation({
    mutationFn: async (code: string) => {
      const { confirmSignUp } = await import('@/lib/auth/cognito');
      const signedIn = await confirmSignUp(normalizeUserName(username), code);
      if (!signedIn) return false;
      // Any other request would register the account too, but its first attempt shows as an error in the console.
      await dataOf(api().PUT('/api/users/me')).catch(() => undefined);
      await beginSession(queryClient);
      return signedIn;
    },
    onSuccess: (signedIn) => {
      const state = { username: username.trim(), notice: 'Your account is confirmed. Sign in with it.' };
      if (!signedIn) void navigate(paths.signIn({ returnTo }), { state });
    },
  });

  return (
    <>
      {notice && <AuthNotice>{notice}</AuthNotice>}
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
      {env().cognito.endpoint ? (
        <AuthNotice>The local user pool cannot send another code. The first one stays valid.</AuthNotice>
      ) : (
        <ResendCode username={normalizeUserName(username)} />
      )}
      <AuthLinks>
        <Link to={paths.signIn({ returnTo })}>Back to sign-in</Link>
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
      {resend.isSuccess && <AuthNotice>A new code was sent.</AuthNotice>}
      {resend.error && <AuthNotice>{describeAuthError(resend.error, 'confirm')}</AuthNotice>}
    </>
  );
}
