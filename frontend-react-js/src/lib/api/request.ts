import { env } from '@/config/env';
import { getAccessToken, tokenOwner } from '@/lib/auth/access-token';
import { tracingReady } from '@/lib/tracing/start-tracing';
import { apiMonitor, signInMonitor } from './connection';
import { ApiError, hasCode, isHandleRefused, SignInUnavailableError, UnreachableError } from './errors';
import type { ProblemDetails } from './types';

/**
 * Milliseconds that a request may take, from its access token to the last byte of the answer. A proxy before an API that is
 * unavailable may accept a request and never answer it. Reading again costs nothing, so it waits less while the API is known
 * to be unreachable.
 */
const TIMEOUT = 10_000;
const TIMEOUT_WHILE_UNREACHABLE = 3_000;

/**
 * Sends a request with the access token. A 401 renews the token and sends the request again; a person whom the API does not
 * know yet is registered first.
 * @returns the answer with its whole body
 * @throws {ApiError} for any answer but success, and when nobody is signed in.
 * @throws {UnreachableError} when no complete answer comes.
 * @throws {SignInUnavailableError} when the access token cannot be renewed at the moment.
 */
export async function send(request: Request): Promise<Response> {
  const owner = tokenOwner();
  const body = await request.text();
  return sendRegistered({
    owner,
    url: request.url,
    method: request.method,
    headers: request.headers,
    ...(body && { body }),
    signal: request.signal,
    read: async (response) => new Response(await response.arrayBuffer(), response),
  });
}

/** Opens a `text/event-stream`. @param lastEventId where an earlier stream broke off */
export async function openStream(
  path: string,
  lastEventId: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await sendRegistered({
    owner: tokenOwner(),
    url: env().backendUrl + path,
    method: 'GET',
    headers: new Headers({
      Accept: 'text/event-stream',
      ...(lastEventId && { 'Last-Event-ID': lastEventId }),
    }),
    signal,
    // The timeout ends where the stream begins.
    read: (response) => Promise.resolve(response),
  });
  return response.body ?? new ReadableStream();
}

interface Outgoing {
  /** The person who sends it. Another person may sign in before the answer comes. */
  owner: string | undefined;
  url: string;
  method: string;
  headers: Headers;
  body?: string;
  signal: AbortSignal;
  /** Reads as much of a successful answer as belongs to the request. */
  read: (response: Response) => Promise<Response>;
}

async function sendRegistered(request: Outgoing): Promise<Response> {
  try {
    return await sendAuthorized(request);
  } catch (error) {
    if (!hasCode(error, 'user_not_registered')) throw error;
    await register(error);
    return sendAuthorized(request);
  }
}

let registration: Promise<unknown> | undefined;

/** Has the API create the row of a new account. Requests that find it missing at the same time share one registration. */
async function register(refusal: unknown): Promise<void> {
  registration ??= sendAuthorized({
    owner: tokenOwner(),
    url: `${env().backendUrl}/api/users/me`,
    method: 'PUT',
    headers: new Headers(),
    signal: new AbortController().signal,
    read: (response) => Promise.resolve(response),
  }).finally(() => (registration = undefined));
  try {
    await registration;
  } catch (error) {
    // Only a handle that cannot be had tells more than the refusal that led here.
    throw isHandleRefused(error) ? error : refusal;
  }
}

async function sendAuthorized(request: Outgoing): Promise<Response> {
  let refusedToken: string | undefined;
  try {
    return await attempt(request, (token) => (refusedToken = token));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401) || !refusedToken) throw error;
    return attempt(request, () => undefined, refusedToken);
  }
}

/** @param onToken called with the token before it is sent @param refusedToken the token that the API did not accept before */
async function attempt(
  request: Outgoing,
  onToken: (token: string) => void,
  refusedToken?: string,
): Promise<Response> {
  const timeout = new AbortController();
  const wait =
    request.method === 'GET' && apiMonitor.state() === 'unreachable' ? TIMEOUT_WHILE_UNREACHABLE : TIMEOUT;
  const timer = setTimeout(() => timeout.abort(new DOMException('No answer in time', 'TimeoutError')), wait);
  const signal = AbortSignal.any([request.signal, timeout.signal]);
  try {
    const token = await tokenFor(request.owner, signal, refusedToken);
    if (!token) throw new ApiError(401);
    onToken(token);
    return await exchange(request, token, signal);
  } finally {
    clearTimeout(timer);
  }
}

async function tokenFor(
  owner: string | undefined,
  signal: AbortSignal,
  refusedToken: string | undefined,
): Promise<string | undefined> {
  try {
    const [token] = await untilAborted(
      signal,
      Promise.all([getAccessToken(owner, refusedToken), tracingReady()]),
    );
    return token;
  } catch (error) {
    if (signal.aborted && !isTimeout(signal)) throw error;
    void signInMonitor.check();
    throw new SignInUnavailableError(error);
  }
}

async function exchange(request: Outgoing, token: string, signal: AbortSignal): Promise<Response> {
  const headers = new Headers(request.headers);
  if (!headers.has('Accept')) headers.set('Accept', 'application/json, application/problem+json');
  headers.set('Authorization', `Bearer ${token}`);
  const { url, method, body } = request;
  let response: Response;
  try {
    response = await untilAborted(signal, fetch(url, { method, headers, signal, ...(body && { body }) }));
    if (response.ok) return await untilAborted(signal, request.read(response));
  } catch (error) {
    if (signal.aborted && !isTimeout(signal)) throw error;
    void apiMonitor.check();
    throw new UnreachableError(error);
  }
  // 502 to 504 come from a server behind the API that is unavailable, or from a proxy before it.
  if (response.status >= 502 && response.status <= 504) void apiMonitor.check();
  throw await toApiError(response);
}

function isTimeout({ reason }: AbortSignal): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/** Waits for work that may not know the signal. @throws the reason of the signal when it is aborted first. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function toApiError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as ProblemDetails | null;
  const codes = Array.isArray(problem?.errors) ? problem.errors : [];
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
  return new ApiError(response.status, codes, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
