import { AuthPage } from '@/features/auth/auth-page';
import { ChooseHandleForm } from '@/features/auth/choose-handle-form';

/** In place of every page until a fresh account has a handle that nobody else has. */
export default function ChooseHandle() {
  return (
    <AuthPage title="Choose another handle">
      <ChooseHandleForm />
    </AuthPage>
  );
}
