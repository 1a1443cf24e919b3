import { Navigate, Outlet, useSearchParams } from 'react-router';
import { safeReturnTo } from '@/config/paths';
import { useSession } from '@/lib/auth/session';

/** The pages for signing in and up; whoever is signed in, or just became so, goes on to where they wanted. */
export function SignedOutOnly() {
  const [query] = useSearchParams();
  const session = useSession();
  if (session.data?.status === 'signed-in') {
    const returnTo = session.data.isOtherPerson ? null : query.get('return_to');
    return <Navigate to={safeReturnTo(returnTo)} replace />;
  }
  return <Outlet />;
}
