import { AuthPage } from '@/features/auth/auth-page';
import { ForgotForm } from '@/features/auth/forgot-form';
import { useAuthState } from './auth-state';

export function Component() {
  const { username } = useAuthState();
  return (
    <AuthPage title="Recover your account">
      <ForgotForm username={username} />
    </AuthPage>
  );
}
