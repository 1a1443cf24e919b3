import type { ErrorCode } from './types';

/** The API answered, and the answer was no. */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Codes from the problem document, for instance `message_blank`. */
  readonly codes: readonly string[];
  /** Seconds after which the API asks to try again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, codes: readonly string[] = [], retryAfter?: number) {
    super(`API answered ${status}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`);
    this.name = 'ApiError';
    this.status = status;
    this.codes = codes;
    this.retryAfter = retryAfter;
  }
}

/** No complete answer came: the API or the network is unavailable. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('API did not answer', { cause });
    this.name = 'UnreachableError';
  }
}

/** Cognito cannot renew the access token at the moment. Nothing was sent to the API. */
export class SignInUnavailableError extends Error {
  constructor(cause: unknown) {
    super('Cognito did not renew the access token', { cause });
    this.name = 'SignInUnavailableError';
  }
}

/** Whether the API gave this reason. */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof ApiError && error.codes.includes(code);
}

/** Whether the session is over and only signing in again helps. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Whether the handle that the person signed up with cannot be theirs, so that they have to choose another. */
export function isHandleRefused(error: unknown): boolean {
  return hasCode(error, 'user_handle_taken') || hasCode(error, 'user_handle_invalid');
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Whether the same request may succeed later without the person changing anything. */
export function isTransient(error: unknown): boolean {
  if (error instanceof UnreachableError || error instanceof SignInUnavailableError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status === 429 || error.status === 408);
}

const sentences: Partial<Record<ErrorCode, string>> = {
  message_blank: 'Write something first.',
  message_exceed_max_chars: 'That is longer than 1024 characters. Shorten it and send it again.',
  message_group_uuid_blank: 'This conversation does not exist. Choose one from your messages.',
  user_receiver_handle_blank: 'Say who the message is for.',
  user_receiver_not_found: 'Nobody here goes by that handle. Check the spelling.',
  user_receiver_is_self: 'You cannot send a message to yourself.',
  user_not_registered: 'Your account is not set up in Cruddur yet.',
  user_handle_taken: 'Somebody else has that handle already. Choose another one.',
  user_handle_invalid: 'That cannot be a handle. Choose another one.',
  message_invalid_chars: 'There is a character in it that cannot be stored. Remove it and send it again.',
};

/** What went wrong and what to do about it, in words for the person at the screen. */
export function describeError(error: unknown): string {
  if (error instanceof UnreachableError) return 'Cruddur does not answer. Check that it is running.';
  if (error instanceof SignInUnavailableError)
    return 'The sign-in service does not answer. Check that it is running.';
  if (!(error instanceof ApiError)) return 'Something unexpected went wrong. Reload the page.';

  const known = error.codes
    .map((code) => sentences[code as ErrorCode])
    .filter((sentence) => sentence !== undefined);
  if (known.length > 0) return known.join(' ');

  switch (error.status) {
    case 401:
      return 'Your session has ended. Sign in again.';
    case 403:
      return 'You are not allowed to do that.';
    case 404:
      return 'This does not exist, or not any more.';
    case 413:
      return 'That is too long to send. Shorten it and send it again.';
    case 429:
      return 'That was a lot at once. Wait a moment and try again.';
    case 503:
      return 'Cruddur is briefly unavailable. Try again in a moment.';
    default:
      return error.status >= 500
        ? 'Cruddur had a problem answering. Try again in a moment.'
        : 'Cruddur did not accept that. Check it and try again.';
  }
}
