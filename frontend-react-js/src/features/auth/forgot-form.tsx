import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Button } from '@/components/button';
import { TextField } from '@/components/text-field';
import { paths } from '@/config/paths';
import { describeAuthError } from '@/lib/auth/auth-errors';
import { beginSession } from '@/lib/auth/session';
import { normalizeUserName } from '@/lib/handles';
import { AuthForm, AuthLinks, AuthNotice, passwordOf, textOf } from './auth-form';
import { CodeField } from './code-field';
import { NewPasswordField } from './password-field';
import { useReturnTo } from './use-return-to';

/** Recovers an account: first who, then the code and a new password, which signs in at once. */
export function ForgotForm({ username: initialUsername }: { username: string }) {
  const returnTo = useReturnTo();
  const request = useMutation({
    mutationFn: async (username: string) => {
      const { requestPasswordReset } = await import('@/lib/auth/cognito');
      await requestPasswordReset(username);
      return username;
    },
  });

  return (
    <>
      {request.isSuccess ? (
        <ResetForm username={request.data} onOtherAccount={request.reset} />
      ) : (
        <AuthForm
          action="reset"
          attempt={request}
          onSubmit={(data) => request.mutate(normalizeUserName(textOf(data, 'username')))}
          submit="Send a code"
          submitting="Sending…"
        >
          <TextField
            label="Handle or e-mail"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            defaultValue={initialUsername}
          />
        </AuthForm>
      )}
      <AuthLinks>
        <Link to={paths.signIn({ returnTo })}>Back to sign-in</Link>
      </AuthLinks>
    </>
  );
}

interface ResetFormProps {
  /** Whose code was sent. */
  username: string;
  onOtherAccount: () => void;
}

function ResetForm({ username, onOtherAccount }: ResetFormProps) {
  const queryClient = useQueryClient();
  const reset = useMutation({
    mutationFn: async ({ code, password }: { code: string; password: string }) => {
      const { resetPassword, signIn } = await import('@/lib/auth/cognito');
      await resetPassword(username, code, password);
      await signIn(username, password);
      await beginSession(queryClient);
    },
  });
  const resend = useMutation({
    mutationFn: async () => {
      const { requestPasswordReset } = await import('@/lib/auth/cognito');
      await requestPasswordReset(username);
    },
  });

  return (
    <>
      <AuthNotice>
        {resend.isSuccess ? 'A new code was sent for ' : 'A code was sent for '}
        <bdi>{username}</bdi>.
      </AuthNotice>
      <AuthForm
        action="reset"
        attempt={reset}
        onSubmit={(data) => reset.mutate({ code: textOf(data, 'code'), password: passwordOf(data) })}
        submit="Set password and sign in"
        submitting="Signing in…"
      >
        <input type="hidden" name="username" autoComplete="username" value={username} />
        <CodeField />
        <NewPasswordField label="New password" />
      </AuthForm>
      {resend.error && <AuthNotice>{describeAuthError(resend.error, 'reset')}</AuthNotice>}
      <Button variant="quiet" busy={resend.isPending} onClick={() => resend.mutate()}>
        Send a new code
      </Button>
      <Button variant="quiet" onClick={onOtherAccount}>
        Recover another account
      </Button>
    </>
  );
}
