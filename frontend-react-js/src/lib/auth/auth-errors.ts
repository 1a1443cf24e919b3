const wrongCredentials = 'That handle and password do not match. Check both and try again.';

/** Cognito's error names, and the steps of a sign-in that end here, in words. */
const sentences: Record<string, string> = {
  NotAuthorizedException: wrongCredentials,
  UserNotFoundException: wrongCredentials,
  InvalidPasswordException: wrongCredentials,
  UserNotConfirmedException: 'This account is not confirmed yet. Confirm it with the code sent by e-mail.',
  CONFIRM_SIGN_UP: 'This account is not confirmed yet. Confirm it with the code sent by e-mail.',
  PasswordResetRequiredException: 'This account needs a new password before it can sign in.',
  RESET_PASSWORD: 'This account needs a new password before it can sign in.',
  CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED: 'This account needs a new password before it can sign in.',
  ResourceNotFoundException: 'The user pool or its client is unknown. Check REACT_APP_CLIENT_ID.',
  LimitExceededException: 'Too many attempts. Wait a few minutes and try again.',
  TooManyRequestsException: 'Too many attempts. Wait a few minutes and try again.',
  TooManyFailedAttemptsException: 'Too many attempts. Wait a few minutes and try again.',
  NetworkError: 'The sign-in service cannot be reached. Check that it is running and try again.',
};

/** What Cognito refused and what to do about it. */
export function describeAuthError(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return sentences[name] ?? 'Signing in did not work. Try again in a moment.';
}
