import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { TextField } from '@/components/text-field';
import { paths } from '@/config/paths';
import { beginSession } from '@/lib/auth/session';
import { AuthForm, AuthLinks, passwordOf, textOf } from './auth-form';
import { CodeField } from './code-field';
import { NewPasswordField } from './password-field';

/** Recovers an account: first who, then the code and a new password, which signs in at once. */
export function ForgotForm({ username: initialUsername }: { username: string }) {
  const queryClient = useQueryClient();

  const request = useMutation({
    mutationFn: async (username: string) => {
      const { requestPasswordReset } = await import('@/lib/auth/cognito');
      await requestPasswordReset(username);
      return username;
    },
  });
  const reset = useMutation({
    mutationFn: async ({ code, password }: { code: string; password: string }) => {
      const { resetPassword, signIn } = await import('@/lib/auth/cognito');
      const username = request.data ?? '';
      await resetPassword(username, code, password);
      await signIn(username, password);
      await beginSession(queryClient);
    },
  });

  return (
    <>
      {request.isSuccess ? (
        <AuthForm
          key="reset"
          action="reset"
          attempt={reset}
          onSubmit={(data) => reset.mutate({ code: textOf(data, 'code'), password: passwordOf(data) })}
          submit="Set password and sign in"
          submitting="Signing in…"
        >
          <input type="hidden" name="username" autoComplete="username" value={request.data} />
          <CodeField />
          <NewPasswordField label="New password" />
        </AuthForm>
      ) : (
        <AuthForm
          key="request"
          action="reset"
          attempt={request}
          onSubmit={(data) => request.mutate(textOf(data, 'username'))}
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
        <Link to={paths.signIn()}>Back to sign-in</Link>
      </AuthLinks>
    </>
  );
}
