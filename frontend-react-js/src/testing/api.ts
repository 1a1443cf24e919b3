import { vi } from 'vitest';

export interface ReceivedRequest {
  /** Method, path and query: `GET /api/users?q=lon`. */
  line: string;
  /** The query, decoded. */
  query: URLSearchParams;
  headers: Headers;
  /** The JSON of the body; undefined without one. */
  body: unknown;
}

/** Makes the answer to a request: a `Response`, or what the JSON of a 200 holds. What it throws becomes a network failure. */
type Answer = (request: ReceivedRequest) => unknown;

/** Stands in for the API at the network: answers by method and path, and 404 for everything else. */
export function stubApi() {
  const answers = new Map<string, Answer>();
  const requests: ReceivedRequest[] = [];

  const receive = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search, searchParams } = new URL(url);
    const route = `${init.method ?? 'GET'} ${decodeURIComponent(pathname)}`;
    const request: ReceivedRequest = {
      line: route + search,
      query: searchParams,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    requests.push(request);
    const answer = answers.get(route);
    const content = answer ? await answer(request) : problem(404);
    return content instanceof Response ? content : Response.json(content);
  };
  vi.stubGlobal('fetch', vi.fn(receive));

  return {
    /** Answers a route from now on, for instance `GET /api/message_groups`. */
    on(route: string, answer: Answer) {
      answers.set(route, answer);
    },
    /** The requests that came, all or those of one route. */
    requests: (route = '') => requests.filter(({ line }) => line.startsWith(route)),
  };
}

/** An answer with a page of a list. */
export function page(items: unknown[], cursors: { older?: string; newer?: string } = {}): Response {
  const links = [
    cursors.older && `</page?cursor=${cursors.older}>; rel="next"`,
    cursors.newer && `</page?cursor=${cursors.newer}>; rel="prev"`,
  ].filter(Boolean);
  return Response.json(items, { headers: links.length > 0 ? { Link: links.join(', ') } : {} });
}

/** An answer that refuses a request. */
export function problem(
  status: number,
  errors: string[] = [],
  headers: Record<string, string> = {},
): Response {
  return Response.json({ errors }, { status, headers });
}

/** An answer that the test gives later. */
export function later(): { promise: Promise<unknown>; give: (content: unknown) => void } {
  let give: (content: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((resolve) => (give = resolve));
  return { promise, give };
}

/** What `fetch` throws when nobody listens at the address. */
export function noConnection(): never {
  throw new TypeError('Failed to fetch');
}
