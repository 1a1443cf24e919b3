import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { TextField } from '@/components/text-field';
import { paths } from '@/config/paths';
import type { NewAccount } from '@/lib/auth/cognito';
import { AuthForm, AuthLinks, passwordOf, textOf } from './auth-form';
import { HandleField } from './handle-field';
import { NewPasswordField } from './password-field';
import { useReturnTo } from './use-return-to';

/** Makes an account; the code that confirms it is asked for on the next page. */
export function SignUpForm() {
  const navigate = useNavigate();
  const returnTo = useReturnTo();
  const attempt = useMutation({
    mutationFn: async (account: NewAccount) => {
      const { signUp } = await import('@/lib/auth/cognito');
      await signUp(account);
    },
    onSuccess: (_, { email }) => void navigate(paths.confirm(returnTo), { state: { username: email } }),
  });

  const submit = (data: FormData) =>
    attempt.mutate({
      displayName: textOf(data, 'name'),
      handle: textOf(data, 'handle'),
      email: textOf(data, 'email'),
      password: passwordOf(data),
    });

  return (
    <>
      <AuthForm
        action="sign-up"
        attempt={attempt}
        onSubmit={submit}
        submit="Create account"
        submitting="Creating…"
      >
        <TextField label="Name" name="name" autoComplete="name" maxLength={100} required autoFocus />
        <HandleField />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="email"
          hint="You sign in with it."
          required
        />
        <NewPasswordField label="Password" />
      </AuthForm>
      <AuthLinks>
        <Link to={paths.signIn({ returnTo })}>I have an account</Link>
        <Link to={paths.confirm(returnTo)}>I have a code</Link>
      </AuthLinks>
    </>
  );
}
