import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { env } from '@/config/env';
import type { User } from './cognito';

export type { User } from './cognito';

/** Who is signed in, and when nobody is, why not: it decides what the sign-in page says. */
export type Session =
  | {
      status: 'signed-in';
      user: User;
      /** Cruddur does not take the handle of this fresh account, so that another has to be chosen. */
      handleRefused?: boolean;
    }
  | { status: 'signed-out'; reason: 'none' | 'expired' | 'signed-out' };

async function getSession(): Promise<Session> {
  const { currentUser } = await import('./cognito');
  const user = await currentUser();
  return user ? { status: 'signed-in', user } : { status: 'signed-out', reason: 'none' };
}

export function sessionQuery() {
  // The session changes by signing in and out only, here or in another tab, and both say so.
  return queryOptions({ queryKey: ['session'], queryFn: getSession, staleTime: Infinity, gcTime: Infinity });
}

export function useSession() {
  return useQuery(sessionQuery());
}

/** The signed-in person. For components below `RequireSession`, which renders nothing without one. */
export function useUser(): User {
  const { data } = useSession();
  if (data?.status !== 'signed-in') throw new Error('useUser needs a signed-in session');
  return data.user;
}

/** Makes a sign-in known to the app; whatever was cached for somebody else is gone. */
export async function beginSession(queryClient: QueryClient): Promise<void> {
  forgetServerState(queryClient);
  await queryClient.query({ ...sessionQuery(), staleTime: 0 });
}

/** Notes that the signed-in person has to choose another handle before anything else. */
export function refuseHandle(queryClient: QueryClient): void {
  changeSession(queryClient, (session) => ({ ...session, handleRefused: true }));
}

/** Notes the handle that the person has from now on; what was refused without it is asked for again. */
export function acceptHandle(queryClient: QueryClient, handle: string): void {
  forgetServerState(queryClient);
  changeSession(queryClient, ({ user }) => ({ status: 'signed-in', user: { ...user, handle } }));
}

type SignedIn = Extract<Session, { status: 'signed-in' }>;

function changeSession(queryClient: QueryClient, change: (session: SignedIn) => SignedIn): void {
  queryClient.setQueryData(sessionQuery().queryKey, (session) =>
    session?.status === 'signed-in' ? change(session) : session,
  );
}

/** Ends the session on this browser: `signed-out` by the person, `expired` because the API refuses it. */
export async function endSession(queryClient: QueryClient, reason: 'expired' | 'signed-out'): Promise<void> {
  const cognito = await import('./cognito');
  await cognito.signOut();
  const session: Session = { status: 'signed-out', reason };
  queryClient.setQueryData(sessionQuery().queryKey, session);
  forgetServerState(queryClient);
  // Drafts and unsent messages outlive an expired session, but not a person who leaves.
  if (reason === 'signed-out') sessionStorage.clear();
}

/** Drops everything but the session itself, which has observers. */
function forgetServerState(queryClient: QueryClient): void {
  const [session] = sessionQuery().queryKey;
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== session });
}

/** Follows sign-in and sign-out in other tabs of this browser. Returns how to stop. */
export function followOtherTabs(queryClient: QueryClient): () => void {
  // Amplify's name for "who signed in last"; it is removed on sign-out.
  const key = `CognitoIdentityServiceProvider.${env().cognito.clientId}.LastAuthUser`;
  const listener = (event: StorageEvent) => {
    if (event.key === key || event.key === null) void queryClient.resetQueries();
  };
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
}
