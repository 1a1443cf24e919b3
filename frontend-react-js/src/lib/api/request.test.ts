import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getAccessToken } from '@/lib/auth/access-token';
import { later, noConnection, problem, stubApi } from '@/testing/api';
import { api, dataOf, pageOf } from './client';
import { apiMonitor, signInMonitor } from './connection';
import { ApiError, SignInUnavailableError, UnreachableError } from './errors';

const LIST = 'GET /api/message_groups';
const list = () => dataOf(api().GET('/api/message_groups'));

let server: ReturnType<typeof stubApi>;

beforeEach(() => {
  server = stubApi();
  server.on(LIST, () => []);
  server.on('GET /health', () => new Response('Healthy'));
  vi.mocked(getAccessToken).mockResolvedValue('a.b.c');
});

afterEach(() => vi.useRealTimers());

describe('A request', () => {
  it('carries the access token', async () => {
    await list();
    expect(server.requests()[0]?.headers.get('Authorization')).toBe('Bearer a.b.c');
  });

  it('is not sent when nobody is signed in', async () => {
    vi.mocked(getAccessToken).mockResolvedValue(undefined);
    await expect(list()).rejects.toMatchObject({ status: 401 });
    expect(server.requests()).toEqual([]);
  });

  it('that writes carries JSON and the idempotency key', async () => {
    server.on('POST /api/messages', ({ body }) => body);
    await api().POST('/api/messages', {
      params: { header: { 'Idempotency-Key': 'k1' } },
      body: { message: 'Hé', handle: 'londo' },
    });
    const [sent] = server.requests('POST');
    expect(sent?.body).toEqual({ message: 'Hé', handle: 'londo' });
    expect(sent?.headers.get('Idempotency-Key')).toBe('k1');
    expect(sent?.headers.get('Content-Type')).toBe('application/json');
  });
});

describe('A 401', () => {
  /** Renews the token when it was refused, as Amplify does. */
  function renewTo(renewed: string | undefined) {
    vi.mocked(getAccessToken).mockImplementation((_owner, refused) =>
      Promise.resolve(refused ? renewed : 'old'),
    );
    server.on(LIST, ({ headers }) =>
      headers.get('Authorization') === 'Bearer new' ? ['it'] : problem(401, ['unauthorized']),
    );
  }

  it('renews the token once and repeats the request', async () => {
    renewTo('new');
    expect(await list()).toEqual(['it']);
    expect(vi.mocked(getAccessToken).mock.calls).toEqual([
      [undefined, undefined],
      [undefined, 'old'],
    ]);
  });

  it('ends the request when the renewed token is refused too', async () => {
    renewTo('also refused');
    await expect(list()).rejects.toMatchObject({ status: 401 });
    expect(server.requests()).toHaveLength(2);
  });

  it('ends the request when the token cannot be renewed', async () => {
    renewTo(undefined);
    await expect(list()).rejects.toMatchObject({ status: 401 });
    expect(server.requests()).toHaveLength(1);
  });
});

describe('A person whom the API does not know', () => {
  function refuseUntilRegistered(register: () => unknown) {
    let registered = false;
    server.on('PUT /api/users/me', () => {
      registered = true;
      return register();
    });
    server.on(LIST, () => (registered ? [] : problem(403, ['user_not_registered'])));
  }

  it('is registered once, and the requests succeed', async () => {
    refuseUntilRegistered(() => ({}));
    expect(await Promise.all([list(), list()])).toEqual([[], []]);
    expect(server.requests('PUT')).toHaveLength(1);
  });

  it('learns that the handle is taken', async () => {
    refuseUntilRegistered(() => problem(409, ['user_handle_taken']));
    await expect(list()).rejects.toEqual(new ApiError(409, ['user_handle_taken']));
  });

  it('learns of the refusal when registering is not possible', async () => {
    refuseUntilRegistered(() => problem(404));
    await expect(list()).rejects.toEqual(new ApiError(403, ['user_not_registered']));
  });
});

describe('An answer', () => {
  it('with links has the cursors of the pages beside it', async () => {
    server.on(LIST, () =>
      Response.json([1], { headers: { Link: '</x?cursor=a>; rel="next", </x?cursor=b>; rel="prev"' } }),
    );
    expect(await pageOf(api().GET('/api/message_groups'))).toEqual({ items: [1], older: 'a', newer: 'b' });
  });

  it('that is a problem becomes an ApiError with its codes', async () => {
    server.on(LIST, () => problem(422, ['message_blank']));
    await expect(list()).rejects.toEqual(new ApiError(422, ['message_blank']));
  });

  it('of a proxy without a problem document is an error too', async () => {
    server.on(LIST, () => new Response('<html>', { status: 503, headers: { 'Retry-After': '2' } }));
    await expect(list()).rejects.toMatchObject({ status: 503, codes: [], retryAfter: 2 });
  });

  it('that does not come is an UnreachableError', async () => {
    server.on(LIST, noConnection);
    await expect(list()).rejects.toBeInstanceOf(UnreachableError);
  });

  it('whose body breaks off is an UnreachableError, because the API may have done what was asked', async () => {
    const broken = () =>
      new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) });
    server.on(LIST, () => new Response(broken()));
    await expect(list()).rejects.toBeInstanceOf(UnreachableError);
  });
});

describe('The timeout', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it.each([
    ['the answer', () => server.on(LIST, () => later().promise), UnreachableError],
    ['the body', () => server.on(LIST, () => new Response(new ReadableStream())), UnreachableError],
    [
      'the access token',
      () => vi.mocked(getAccessToken).mockReturnValue(new Promise(() => undefined)),
      SignInUnavailableError,
    ],
  ])('covers the wait for %s', async (_, hang, error) => {
    hang();
    const outcome = expect(list()).rejects.toBeInstanceOf(error);
    await vi.advanceTimersByTimeAsync(10_000);
    vi.mocked(getAccessToken).mockResolvedValue('a.b.c');
    server.on(LIST, () => []);
    await vi.runAllTimersAsync();
    await outcome;
  });
});

describe('While Cognito cannot renew the token', () => {
  it('the API does not count as unreachable', async () => {
    vi.useFakeTimers();
    vi.mocked(getAccessToken).mockRejectedValue(new Error('NetworkError'));
    const states: string[] = [];
    const unsubscribe = apiMonitor.subscribe(() => states.push(apiMonitor.state()));
    await expect(list()).rejects.toBeInstanceOf(SignInUnavailableError);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(signInMonitor.state()).toBe('unreachable');
    expect(states).toEqual([]);

    vi.mocked(getAccessToken).mockResolvedValue('a.b.c');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(signInMonitor.state()).toBe('available');
    unsubscribe();
  });
});
