import { env } from '@/config/env';
import { getAccessToken } from '@/lib/auth/access-token';
import { tracingReady } from '@/lib/tracing/start-tracing';
import { isReachable, reportReachable } from './connection';
import { ApiError, hasCode, isHandleRefused, UnreachableError } from './errors';
import type { ProblemDetails } from './types';

/**
 * Milliseconds after which a request that nobody answers is given up: a proxy before an API that is away may take
 * it and keep silent. Reading again costs nothing, so it waits less while the API is known to be away.
 */
const PATIENCE = 10_000;
const LITTLE_PATIENCE = 3_000;

interface WriteOptions {
  /** Names this write: the API does it once however often it is sent under the same key. */
  idempotencyKey: string;
}

export interface Page<T> {
  items: T[];
  /** Path and query of the page that follows, from the `Link` header. */
  next: string | undefined;
}

export async function get<T>(path: string): Promise<T> {
  const response = await request(path, { method: 'GET' });
  return (await response.json()) as T;
}

export async function getPage<T>(path: string): Promise<Page<T>> {
  const response = await request(path, { method: 'GET' });
  return { items: (await response.json()) as T[], next: nextLink(response.headers.get('Link')) };
}

/** @param options only for routes that take an `Idempotency-Key` */
export async function post<T>(path: string, body: unknown, options?: WriteOptions): Promise<T> {
  const response = await request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'Content-Type': 'application/json',
      ...(options && { 'Idempotency-Key': options.idempotencyKey }),
    },
  });
  return (await response.json()) as T;
}

export async function put<T>(path: string): Promise<T> {
  const response = await request(path, { method: 'PUT' });
  return (await response.json()) as T;
}

export async function del<T>(path: string): Promise<T> {
  const response = await request(path, { method: 'DELETE' });
  return (await response.json()) as T;
}

/** Opens a `text/event-stream`. @param lastEventId where an earlier stream broke off */
export async function openStream(
  path: string,
  lastEventId: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await request(path, {
    method: 'GET',
    headers: { Accept: 'text/event-stream', ...(lastEventId && { 'Last-Event-ID': lastEventId }) },
    signal,
  });
  return response.body ?? new ReadableStream();
}

/** Whether the API and what it needs are up again. */
export async function isHealthy(): Promise<boolean> {
  try {
    return (await fetch(`${env().backendUrl}/health`, { signal: AbortSignal.timeout(LITTLE_PATIENCE) })).ok;
  } catch {
    return false;
  }
}

interface RequestInit {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Sends a request with the access token; somebody whom the API does not know yet is registered first.
 * @throws {ApiError} for any answer but success, and when nobody is signed in.
 * @throws {UnreachableError} when no answer comes.
 */
async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await send(path, init);
  } catch (error) {
    if (!hasCode(error, 'user_not_registered')) throw error;
    await register(error);
    return send(path, init);
  }
}

let registration: Promise<unknown> | undefined;

/** Has the API make a row for a fresh sign-up, once, however many requests find it missing. */
async function register(refusal: unknown): Promise<void> {
  registration ??= send('/api/users/me', { method: 'PUT' }).finally(() => (registration = undefined));
  try {
    await registration;
  } catch (error) {
    // Only a handle that cannot be had tells more than the refusal that led here.
    throw isHandleRefused(error) ? error : refusal;
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  // Only until the answer begins: an event stream goes on.
  const givenUp = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const [token] = await Promise.all([getAccessToken(), tracingReady()]);
    if (!token) throw new ApiError(401);
    const patience = init.method === 'GET' && !isReachable() ? LITTLE_PATIENCE : PATIENCE;
    timer = setTimeout(() => givenUp.abort(), patience);
    response = await fetch(env().backendUrl + path, {
      ...init,
      signal: init.signal ? AbortSignal.any([init.signal, givenUp.signal]) : givenUp.signal,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...init.headers,
        Authorization: `Bearer ${token}`,
      },
    });
  } catch (error) {
    if (error instanceof ApiError || init.signal?.aborted) throw error;
    reportReachable(false);
    throw new UnreachableError(error);
  } finally {
    clearTimeout(timer);
  }

  // 502 to 504 come from a database that is away, or from whatever stands before the API.
  reportReachable(response.status < 502 || response.status > 504);

  if (!response.ok) throw await toApiError(response);
  return response;
}

async function toApiError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as ProblemDetails | null;
  const codes = Array.isArray(problem?.errors) ? problem.errors : [];
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
  return new ApiError(response.status, codes, Number.isFinite(retryAfter) ? retryAfter : undefined);
}

/** Path and query of `rel="next"` in a Link header (RFC 8288), whether its target is absolute or relative. */
export function nextLink(header: string | null): string | undefined {
  for (const [, target, parameters] of header?.matchAll(/<([^>]*)>([^<]*)/g) ?? []) {
    if (target && /;\s*rel="?next"?/i.test(parameters ?? '')) {
      const url = new URL(target, env().backendUrl);
      return url.pathname + url.search;
    }
  }
  return undefined;
}
