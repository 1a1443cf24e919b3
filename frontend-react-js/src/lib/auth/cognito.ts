import * as amplify from '@aws-amplify/auth';
import { AuthError, type AuthTokens, type FetchAuthSessionOptions } from '@aws-amplify/auth';
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

/**
 * The access token of a person, renewed when it has expired or is the one that the API refused; undefined when nobody or
 * somebody else is signed in.
 * @throws {AuthError} when Cognito cannot renew the token at the moment.
 */
export async function accessToken(userId: string | undefined, refused?: string): Promise<string | undefined> {
  let tokens = await currentTokens();
  if (tokens && tokens.accessToken.toString() === refused)
    tokens = await currentTokens({ forceRefresh: true });
  const belongs = userId === undefined || tokens?.accessToken.payload.sub === userId;
  return belongs ? tokens?.accessToken.toString() : undefined;
}

async function currentTokens(options?: FetchAuthSessionOptions): Promise<AuthTokens | undefined> {
  try {
    return (await amplify.fetchAuthSession(options)).tokens;
  } catch (error) {
    if (isSessionOver(error)) return undefined;
    throw error;
  }
}

/** Errors that only another sign-in helps against. All others, such as throttling, pass; Amplify keeps the tokens then. */
const sessionIsOver = new Set([
  'NotAuthorizedException',
  'TokenRevokedException',
  'RefreshTokenReuseException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'ResourceNotFoundException',
  // The local pool cannot renew tokens.
  'Unsupported',
]);

function isSessionOver(error: unknown): boolean {
  return error instanceof AuthError && sessionIsOver.has(error.name);
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
    const attributes = await amplify.fetchUserAttributes();
    const handle = attributes.preferred_username ?? (typeof username === 'string' ? username : id);
    return { id, handle, displayName: attributes.name ?? handle };
  } catch (error) {
    if (isSessionOver(error)) return null;
    throw error;
  }
}

/** What Cognito wants next: nothing, the code it sent, or a new password. */
export type SignInStep = 'done' | 'confirm-account' | 'choose-password' | 'reset-password';

const steps: Record<string, SignInStep> = {
  DONE: 'done',
  CONFIRM_SIGN_UP: 'confirm-account',
  CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED: 'choose-password',
  RESET_PASSWORD: 'reset-password',
};

function toStep({ signInStep }: { signInStep: string }): SignInStep {
  const step = steps[signInStep];
  if (!step) throw new AuthError({ name: 'UnsupportedStep', message: `Cognito asks for ${signInStep}` });
  return step;
}

/** The local pool speaks plain passwords only; a real one gets a proof (SRP) and never sees the password. */
const authFlowType = cognito.endpoint ? 'USER_PASSWORD_AUTH' : 'USER_SRP_AUTH';

/**
 * Signs in with a handle or an e-mail address.
 * @throws {AuthError} as Cognito refuses.
 */
export async function signIn(username: string, password: string): Promise<SignInStep> {
  // Amplify refuses to sign in over tokens that are left from a session the API no longer accepts.
  await amplify.signOut();
  const { nextStep } = await amplify.signIn({ username, password, options: { authFlowType } });
  return toStep(nextStep);
}

/** Answers `choose-password`, which accounts made by an administrator begin with. */
export async function choosePassword(password: string): Promise<SignInStep> {
  const { nextStep } = await amplify.confirmSignIn({ challengeResponse: password });
  return toStep(nextStep);
}

export interface NewAccount {
  displayName: string;
  handle: string;
  email: string;
  password: string;
}

/** Makes an account whose user name is the e-mail address; Cognito sends a code there. */
export async function signUp({ displayName, handle, email, password }: NewAccount): Promise<void> {
  await amplify.signUp({
    username: email,
    password,
    options: {
      userAttributes: { email, name: displayName, preferred_username: handle },
      autoSignIn: { authFlowType },
    },
  });
}

/** @returns whether the person is signed in already, which needs the sign-up to have happened on this page */
export async function confirmSignUp(username: string, code: string): Promise<boolean> {
  const { nextStep } = await amplify.confirmSignUp({ username, confirmationCode: code });
  if (nextStep.signUpStep !== 'COMPLETE_AUTO_SIGN_IN') return false;
  return (await amplify.autoSignIn()).isSignedIn;
}

/**
 * Gives the signed-in account another handle.
 * @throws {AuthError} named `AliasExistsException` where the pool keeps handles unique and this one is taken.
 */
export async function changeHandle(handle: string): Promise<void> {
  await amplify.updateUserAttributes({ userAttributes: { preferred_username: handle } });
  // The id token of a real pool names the handle, and the one at hand still names the old one.
  if (!cognito.endpoint) await amplify.fetchAuthSession({ forceRefresh: true });
}

export async function resendSignUpCode(username: string): Promise<void> {
  await amplify.resendSignUpCode({ username });
}

/** Has a code sent with which `resetPassword` sets a new password. */
export async function requestPasswordReset(username: string): Promise<void> {
  await amplify.resetPassword({ username });
}

export async function resetPassword(username: string, code: string, newPassword: string): Promise<void> {
  await amplify.confirmResetPassword({ username, confirmationCode: code, newPassword });
}

/**
 * Forgets a person's session on this browser and, where Cognito can be reached, revokes its refresh token. It keeps
 * the session of another person who signed in from another tab.
 */
export async function signOut(userId: string): Promise<void> {
  const tokens = await currentTokens().catch(() => undefined);
  if (tokens && tokens.accessToken.payload.sub !== userId) return;
  await amplify.signOut();
}
