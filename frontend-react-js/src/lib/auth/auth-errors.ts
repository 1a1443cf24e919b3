import { ApiError, describeError, SignInUnavailableError, UnreachableError } from '@/lib/api/errors';

/** What the person was doing; the same error means different things. */
export type AuthAction = 'sign-in' | 'sign-up' | 'confirm' | 'reset' | 'choose-handle';

const wrongCredentials = 'That handle and password do not match. Check both and try again.';
const weakPassword =
  'That password is too weak. Use at least 8 characters with upper and lower case, a digit and a symbol.';
const tooManyAttempts = 'Too many attempts. Wait a few minutes and try again.';

/** Cognito's error names in words. */
const sentences: Record<string, string> = {
  UsernameExistsException: 'There is an account with this e-mail address. Sign in, or recover its password.',
  AliasExistsException: 'Somebody else has that handle already. Choose another one.',
  InvalidPasswordException: weakPassword,
  CodeMismatchException: 'That is not the code. Check it and try again.',
  ExpiredCodeException: 'That code has been used or is too old. Ask for a new one.',
  UserNotFoundException: 'There is no account of that name.',
  NotAuthorizedException: 'That is not possible for this account. If it is confirmed already, sign in.',
  UnsupportedStep: 'This account wants a step of sign-in that Cruddur does not have.',
  ResourceNotFoundException: 'The user pool or its client is unknown. Check REACT_APP_CLIENT_ID.',
  LimitExceededException: tooManyAttempts,
  TooManyRequestsException: tooManyAttempts,
  TooManyFailedAttemptsException: tooManyAttempts,
  NetworkError: 'The sign-in service cannot be reached. Check that it is running and try again.',
};

const special: Partial<Record<AuthAction, Record<string, string>>> = {
  'sign-in': {
    NotAuthorizedException: wrongCredentials,
    UserNotFoundException: wrongCredentials,
    // The local pool's name for a wrong password.
    InvalidPasswordException: wrongCredentials,
  },
};

/** What Cognito refused, or the API on the way into it, and what to do about it. */
export function describeAuthError(error: unknown, action: AuthAction = 'sign-in'): string {
  if (
    error instanceof ApiError ||
    error instanceof UnreachableError ||
    error instanceof SignInUnavailableError
  )
    return describeError(error);
  const name = error instanceof Error ? error.name : '';
  return special[action]?.[name] ?? sentences[name] ?? 'That did not work. Try again in a moment.';
}
