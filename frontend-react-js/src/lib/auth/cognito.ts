import {
  AuthError,
  type AuthTokens,
  fetchAuthSession,
  fetchUserAttributes,
  signIn as amplifySignIn,
  signOut as amplifySignOut,
} from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { Amplify, ConsoleLogger } from '@aws-amplify/core';
import { env } from '@/config/env';

/**
 * The one module that knows Amplify. Import it with `import()`, so that it stays out of the first page's
 * bundle. It is built from Amplify's auth and core packages; the umbrella package would install storage,
 * analytics and the rest beside them, three times the size, for one `configure` call.
 */
const { cognito } = env();
const auth = {
  Cognito: {
    userPoolId: cognito.userPoolId,
    userPoolClientId: cognito.clientId,
    ...(cognito.endpoint ? { userPoolEndpoint: cognito.endpoint } : {}),
  },
};
// A pool at an endpoint of our own is what we want locally, not worth a warning on every page.
ConsoleLogger.LOG_LEVEL = 'ERROR';
cognitoUserPoolsTokenProvider.setAuthConfig(auth);
Amplify.configure({ Auth: auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });

/** The signed-in person, as Cognito knows them. */
export interface User {
  /** Cognito's id of the user (`sub`). */
  id: string;
  handle: string;
  displayName: string;
}

/** @throws {AuthError} named `NetworkError` when the token needs refreshing and Cognito is away. */
export async function accessToken(): Promise<string | undefined> {
  const tokens = await currentTokens();
  return tokens?.accessToken.toString();
}

async function currentTokens(): Promise<AuthTokens | undefined> {
  try {
    return (await fetchAuthSession()).tokens;
  } catch (error) {
    // Amplify has already dropped tokens that Cognito does not refresh; only a network error keeps them.
    if (error instanceof AuthError && error.name !== 'NetworkError') return undefined;
    throw error;
  }
}

/** Who is signed in on this browser; null when nobody is, or when the session cannot be continued. */
export async function currentUser(): Promise<User | null> {
  const tokens = await currentTokens();
  if (!tokens) return null;

  const { sub: id = '', username } = tokens.accessToken.payload;
  const claims = tokens.idToken?.payload ?? {};
  if (typeof claims.preferred_username === 'string' && typeof claims.name === 'string') {
    return { id, handle: claims.preferred_username, displayName: claims.name };
  }

  // The local pool's id token carries neither name nor handle.
  try {
    const attributes = await fetchUserAttributes();
    const handle = attributes.preferred_username ?? (typeof username === 'string' ? username : id);
    return { id, handle, displayName: attributes.name ?? handle };
  } catch (error) {
    if (error instanceof AuthError && sessionIsOver.has(error.name)) return null;
    throw error;
  }
}

const sessionIsOver = new Set([
  'NotAuthorizedException',
  'UserNotFoundException',
  'ResourceNotFoundException',
]);

/**
 * Signs in with a handle or an e-mail address. The local pool speaks plain passwords only; a real one gets
 * a proof (SRP) and never sees the password.
 * @throws {AuthError} as Cognito refuses.
 */
export async function signIn(username: string, password: string): Promise<void> {
  // Amplify refuses to sign in over tokens that are left from a session the API no longer accepts.
  await amplifySignOut();
  const { nextStep } = await amplifySignIn({
    username,
    password,
    options: { authFlowType: cognito.endpoint ? 'USER_PASSWORD_AUTH' : 'USER_SRP_AUTH' },
  });
  if (nextStep.signInStep !== 'DONE') {
    throw new AuthError({ name: nextStep.signInStep, message: `Sign-in needs ${nextStep.signInStep}` });
  }
}

/** Forgets the session on this browser and, where Cognito can be reached, revokes its refresh token. */
export function signOut(): Promise<void> {
  return amplifySignOut();
}
