import { useSearchParams } from 'react-router';
import { AuthPage } from '@/features/auth/auth-page';
import { SignInForm } from '@/features/auth/sign-in-form';
import { useAuthState } from './auth-state';

export function Component() {
  const [query] = useSearchParams();
  const { username, notice } = useAuthState();
  const expired = query.has('expired')
    ? 'Your session has ended. Sign in again to go on where you were.'
    : undefined;
  return (
    <AuthPage title="Sign in to Cruddur">
      <SignInForm username={username} notice={notice ?? expired} />
    </AuthPage>
  );
}
