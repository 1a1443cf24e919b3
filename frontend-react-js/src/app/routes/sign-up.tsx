import { AuthPage } from '@/features/auth/auth-page';
import { SignUpForm } from '@/features/auth/sign-up-form';

export function Component() {
  return (
    <AuthPage title="Create an account">
      <SignUpForm />
    </AuthPage>
  );
}
