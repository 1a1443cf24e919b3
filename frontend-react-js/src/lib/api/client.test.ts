import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '@/config/env';
import { getAccessToken } from '@/lib/auth/access-token';
import { get, getPage, nextLink, post } from './client';
import { ApiError, UnreachableError } from './errors';

vi.mock('@/config/env');
vi.mock('@/lib/auth/access-token');

/** A real HTTP server stands in for the API, so that headers and bodies are what goes over the wire. */
let respond: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => respond(request, response));

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.mocked(env).mockReturnValue({
    backendUrl: `http://127.0.0.1:${port}`,
    cognito: { region: '', userPoolId: '', clientId: '', endpoint: undefined },
    otel: undefined,
  });
  vi.mocked(getAccessToken).mockResolvedValue('a.b.c');
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

describe('requests', () => {
  it('carry the access token', async () => {
    respond = (request, response) => {
      response.end(JSON.stringify({ authorization: request.headers.authorization, url: request.url }));
    };
    expect(await get('/api/message_groups')).toEqual({
      authorization: 'Bearer a.b.c',
      url: '/api/message_groups',
    });
  });

  it('of nobody are not sent at all', async () => {
    vi.mocked(getAccessToken).mockResolvedValue(undefined);
    respond = () => expect.unreachable();
    await expect(get('/api/message_groups')).rejects.toMatchObject({ status: 401 });
  });

  it('that write carry JSON and the idempotency key', async () => {
    respond = (request, response) => {
      void bodyOf(request).then((body) => {
        response.end(JSON.stringify({ body, key: request.headers['idempotency-key'] }));
      });
    };
    expect(await post('/api/messages', { message: 'Hé' }, { idempotencyKey: 'k1' })).toEqual({
      body: { message: 'Hé' },
      key: 'k1',
    });
  });
});

describe('somebody whom the API does not know', () => {
  /** Refuses everything until the caller is registered; counts how often that was asked for. */
  function refuseUntilRegistered(registrationStatus: number) {
    let registered = false;
    const calls = { registrations: 0 };
    respond = (request, response) => {
      if (request.method === 'PUT' && request.url === '/api/users/me') {
        calls.registrations += 1;
        registered = registrationStatus === 200;
        const errors = registrationStatus === 409 ? ['user_handle_taken'] : [];
        response.writeHead(registrationStatus).end(JSON.stringify({ errors }));
      } else if (registered) response.end('[]');
      else response.writeHead(403).end(JSON.stringify({ errors: ['user_not_registered'] }));
    };
    return calls;
  }

  it('is registered once, and the requests go through', async () => {
    const calls = refuseUntilRegistered(200);
    expect(await Promise.all([get('/a'), get('/b')])).toEqual([[], []]);
    expect(calls.registrations).toBe(1);
  });

  it('hears that the handle is taken', async () => {
    refuseUntilRegistered(409);
    await expect(get('/a')).rejects.toEqual(new ApiError(409, ['user_handle_taken']));
  });

  it('hears of the refusal where registering is not possible', async () => {
    refuseUntilRegistered(404);
    await expect(get('/a')).rejects.toEqual(new ApiError(403, ['user_not_registered']));
  });
});

describe('answers', () => {
  it('with a next page say where it is', async () => {
    respond = (_, response) => {
      response.setHeader('Link', '</api/messages/g?cursor=abc>; rel="next"');
      response.end('[1,2]');
    };
    expect(await getPage('/api/messages/g')).toEqual({ items: [1, 2], next: '/api/messages/g?cursor=abc' });
  });

  it('that are problems become an ApiError with its codes', async () => {
    respond = (_, response) => {
      response.writeHead(422, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'Invalid', errors: ['message_blank'] }));
    };
    await expect(get('/')).rejects.toEqual(new ApiError(422, ['message_blank']));
  });

  it('of a proxy without a problem document are errors too', async () => {
    respond = (_, response) => {
      response.writeHead(503, { 'Retry-After': '2' }).end('<html>');
    };
    await expect(get('/')).rejects.toMatchObject({ status: 503, codes: [], retryAfter: 2 });
  });

  it('that never come are an UnreachableError', async () => {
    respond = (request) => request.socket.destroy();
    await expect(get('/')).rejects.toBeInstanceOf(UnreachableError);
  });

  it('are not waited for without end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    respond = () => vi.runAllTimers();
    await expect(get('/')).rejects.toBeInstanceOf(UnreachableError);
    vi.useRealTimers();
  });
});

describe('nextLink', () => {
  it.each([
    ['</a?cursor=1>; rel="next"', '/a?cursor=1'],
    ['</a?cursor=0>; rel="prev", </a?cursor=2>; title="x"; rel=next', '/a?cursor=2'],
    ['<http://elsewhere:1/a?cursor=3>; rel="next"', '/a?cursor=3'],
    ['</a>; rel="prev"', undefined],
    [null, undefined],
  ])('of %s is %s', (header, expected) => {
    expect(nextLink(header)).toBe(expected);
  });
});
