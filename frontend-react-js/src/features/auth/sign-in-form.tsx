import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { TextField } from '@/components/text-field';
import { env } from '@/config/env';
import { paths } from '@/config/paths';
import { beginSession } from '@/lib/auth/session';
import { normalizeUserName } from '@/lib/handles';
import { AuthForm, AuthLinks, AuthNotice } from './auth-form';
import { ChoosePasswordForm } from './choose-password-form';
import { LocalUsers } from './local-users';
import { PasswordField } from './password-field';
import { useReturnTo } from './use-return-to';

interface SignInFormProps {
  /** Filled in already, after a sign-up or a recovered password. */
  username: string;
  /** Why the person is here, when it is not of their own accord. */
  notice?: string | undefined;
}

/** Signs in; the page it stands on leads on as soon as there is a session. */
export function SignInForm({ username: initialUsername, notice }: SignInFormProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const returnTo = useReturnTo();
  const [username, setUsername] = useState(initialUsername);
  const [password, setPassword] = useState('');
  const button = useRef<HTMLButtonElement>(null);

  const attempt = useMutation({
    mutationFn: async () => {
      const { signIn } = await import('@/lib/auth/cognito');
      const step = await signIn(normalizeUserName(username), password);
      if (step === 'done') await beginSession(queryClient);
      return step;
    },
    onSuccess: (step) => {
      const state = { username: normalizeUserName(username) };
      const notice = 'This account is not confirmed yet. Enter the code that was sent when it was created.';
      if (step === 'confirm-account') void navigate(paths.confirm(returnTo), { state: { ...state, notice } });
      if (step === 'reset-password') void navigate(paths.forgot(returnTo), { state });
    },
  });

  useEffect(() => {
    // Fetched while the person types, so that the button answers at once.
    void import('@/lib/auth/cognito');
  }, []);

  if (attempt.data === 'choose-password') return <ChoosePasswordForm />;
  return (
    <>
      {notice && <AuthNotice>{notice}</AuthNotice>}
      <AuthForm
        action="sign-in"
        attempt={attempt}
        onSubmit={() => attempt.mutate()}
        submit="Sign in"
        submitting="Signing in…"
        buttonRef={button}
      >
        <TextField
          label="Handle or e-mail"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus={!username}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          autoFocus={Boolean(initialUsername)}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </AuthForm>
      <AuthLinks>
        <Link to={paths.forgot(returnTo)} state={{ username: username.trim() }}>
          Forgot the password?
        </Link>
        <Link to={paths.signUp(returnTo)}>Create an account</Link>
      </AuthLinks>
      {env().cognito.endpoint && (
        <LocalUsers
          onChoose={(handle, localPassword) => {
            setUsername(handle);
            setPassword(localPassword);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
