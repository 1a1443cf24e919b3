import { useMutation, useQueryClient } from '@tanstack/react-query';
import { beginSession } from '@/lib/auth/session';
import { AuthForm, AuthNotice, passwordOf } from './auth-form';
import { NewPasswordField } from './password-field';

/** Second step of the first sign-in with a password that an administrator made up. */
export function ChoosePasswordForm() {
  const queryClient = useQueryClient();
  const attempt = useMutation({
    mutationFn: async (password: string) => {
      const { choosePassword } = await import('@/lib/auth/cognito');
      await choosePassword(password);
      await beginSession(queryClient);
    },
  });
  return (
    <>
      <AuthNotice>This account still has its first password. Choose your own.</AuthNotice>
      <AuthForm
        action="reset"
        attempt={attempt}
        onSubmit={(data) => attempt.mutate(passwordOf(data))}
        submit="Sign in"
        submitting="Signing in…"
      >
        <NewPasswordField label="New password" />
      </AuthForm>
    </>
  );
}
