import { AuthPage } from '@/features/auth/auth-page';
import { ConfirmForm } from '@/features/auth/confirm-form';
import { useAuthState } from './auth-state';

export function Component() {
  const { username, notice } = useAuthState();
  return (
    <AuthPage title="Confirm your account">
      <ConfirmForm username={username} notice={notice} />
    </AuthPage>
  );
}
