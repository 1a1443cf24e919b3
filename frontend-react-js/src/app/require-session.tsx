import { lazy, Suspense } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { Loading } from '@/components/loading';
import { Notice } from '@/components/notice';
import { Button } from '@/components/button';
import { paths } from '@/config/paths';
import { describeAuthError } from '@/lib/auth/auth-errors';
import { useSession } from '@/lib/auth/session';

const ChooseHandle = lazy(() => import('./choose-handle'));

/** Lets signed-in people through and sends others to sign in, and back to where they wanted to go. */
export function RequireSession() {
  const session = useSession();
  const { pathname, search } = useLocation();

  if (session.isPending) return <Loading />;
  if (!session.data) {
    return (
      <main role="alert">
        <Notice
          level="h1"
          title="Your session could not be checked"
          action={
            <Button variant="quiet" busy={session.isFetching} onClick={() => void session.refetch()}>
              Try again
            </Button>
          }
        >
          {describeAuthError(session.error)}
        </Notice>
      </main>
    );
  }
  if (session.data.status === 'signed-out') {
    const { reason } = session.data;
    const here = pathname + search;
    const returnTo = reason === 'signed-out' || here === paths.home ? {} : { returnTo: here };
    return <Navigate to={paths.signIn({ ...returnTo, expired: reason === 'expired' })} replace />;
  }
  if (session.data.handleRefused) {
    return (
      <Suspense fallback={<Loading />}>
        <ChooseHandle />
      </Suspense>
    );
  }
  return <Outlet />;
}
