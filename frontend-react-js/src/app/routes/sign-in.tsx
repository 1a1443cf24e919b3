import { Navigate, useSearchParams } from 'react-router';
import { safeReturnTo } from '@/config/paths';
import { AuthPage } from '@/features/auth/auth-page';
import { SignInForm } from '@/features/auth/sign-in-form';
import { useSession } from '@/lib/auth/session';

export function Component() {
  const [query] = useSearchParams();
  const session = useSession();

  if (session.data?.status === 'signed-in')
    return <Navigate to={safeReturnTo(query.get('return_to'))} replace />;
  return (
    <AuthPage title="Sign in to Cruddur">
      <SignInForm expired={query.has('expired')} />
    </AuthPage>
  );
}
