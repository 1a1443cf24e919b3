import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { env } from '@/config/env';
import { admitPerson, forgetPerson, whoSignedOut } from '@/lib/storage';
import { setTokenOwner } from './access-token';
import type { User } from './cognito';

export type { User } from './cognito';

/** Who is signed in, and when nobody is, why not: it decides what the sign-in page says. */
export type Session =
  | {
      status: 'signed-in';
      user: User;
      /** Cruddur does not take the handle of this fresh account, so that another has to be chosen. */
      handleRefused?: boolean;
      /** Somebody else used this tab before, so that its address is not where this person was. */
      isOtherPerson?: boolean;
    }
  | { status: 'signed-out'; reason: 'none' | 'expired' | 'signed-out' };

async function getSession(): Promise<Session> {
  const { currentUser } = await import('./cognito');
  const user = await currentUser();
  if (!user) {
    forgetPerson(whoSignedOut.get());
    return { status: 'signed-out', reason: 'none' };
  }
  whoSignedOut.set(undefined);
  setTokenOwner(user.id);
  return { status: 'signed-in', user, isOtherPerson: admitPerson(user.id) };
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

let ending: Promise<void> | undefined;

/**
 * Ends the session on this browser: `signed-out` by the person, `expired` because the API refuses it. Drafts and unsent messages
 * outlive an expired session, but not a person who leaves.
 */
export function endSession(queryClient: QueryClient, reason: 'expired' | 'signed-out'): Promise<void> {
  // Several requests may meet the same expired session, and none of them may end the next one.
  ending ??= end(queryClient, reason).finally(() => (ending = undefined));
  return ending;
}

async function end(queryClient: QueryClient, reason: 'expired' | 'signed-out'): Promise<void> {
  const user = signedInUser(queryClient);
  if (!user) return;
  // Before the tokens are gone, which the other tabs notice.
  if (reason === 'signed-out') whoSignedOut.set(user.id);
  const cognito = await import('./cognito');
  await cognito.signOut(user.id);
  leave(queryClient, user, reason);
}

/** Takes this tab out of a session that has ended. */
function leave(queryClient: QueryClient, user: User, reason: 'expired' | 'signed-out'): void {
  setTokenOwner(undefined);
  if (reason === 'signed-out') forgetPerson(user.id);
  const session: Session = { status: 'signed-out', reason };
  queryClient.setQueryData(sessionQuery().queryKey, session);
  forgetServerState(queryClient);
}

function signedInUser(queryClient: QueryClient): User | undefined {
  const session = queryClient.getQueryData(sessionQuery().queryKey);
  return session?.status === 'signed-in' ? session.user : undefined;
}

/** Drops everything but the session itself, which has observers. */
function forgetServerState(queryClient: QueryClient): void {
  const [session] = sessionQuery().queryKey;
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== session });
}

/**
 * Follows sign-in and sign-out in other tabs of this browser.
 * @param onOtherPerson called when another person has signed in: the open page is not theirs
 * @returns how to stop
 */
export function followOtherTabs(queryClient: QueryClient, onOtherPerson: () => void): () => void {
  // Amplify's name for "who signed in last"; it is removed on sign-out.
  const key = `CognitoIdentityServiceProvider.${env().cognito.clientId}.LastAuthUser`;
  const follow = async () => {
    const before = signedInUser(queryClient);
    const session = await getSession();
    if (session.status === 'signed-out') {
      if (before) leave(queryClient, before, whoSignedOut.get() === before.id ? 'signed-out' : 'expired');
      return;
    }
    if (session.user.id === before?.id) return;
    forgetServerState(queryClient);
    queryClient.setQueryData(sessionQuery().queryKey, session);
    if (before) onOtherPerson();
  };
  const listener = (event: StorageEvent) => {
    // Without Cognito nobody can tell who is signed in; the next request finds out.
    if (event.key === key || event.key === null) void follow().catch(() => undefined);
  };
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
}
