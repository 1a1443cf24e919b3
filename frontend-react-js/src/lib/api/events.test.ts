import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from './errors';
import { followEvents } from './events';
import { openStream } from './request';

vi.mock('./connection', () => ({ apiMonitor: { check: () => Promise.resolve('available') } }));
vi.mock('./request', () => ({
  openStream: vi.fn((_path: string, _lastEventId: string | undefined, signal: AbortSignal) =>
    Promise.resolve(
      new ReadableStream<Uint8Array>({
        start: (stream) => signal.addEventListener('abort', () => stream.error(signal.reason)),
      }),
    ),
  ),
}));

/** The locks of one browser, which all its tabs share. */
function stubLocks() {
  const held = new Set<string>();
  vi.stubGlobal('navigator', {
    locks: {
      request: async (name: string, _options: unknown, run: (lock: object | null) => Promise<boolean>) => {
        if (held.has(name)) return run(null);
        held.add(name);
        try {
          return await run({});
        } finally {
          held.delete(name);
        }
      },
    },
  });
}

function openTab() {
  const onLive = vi.fn();
  const stop = followEvents({ onEvent: vi.fn(), onLive, onUnauthorized: vi.fn() });
  return { onLive, stop };
}

beforeEach(() => {
  vi.useFakeTimers();
  stubLocks();
});

afterEach(() => vi.useRealTimers());

test('six tabs of a browser open four streams, which leaves connections for requests', async () => {
  const tabs = Array.from({ length: 6 }, openTab);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(openStream).toHaveBeenCalledTimes(4);
  tabs.forEach(({ stop }) => stop());
});

test('a waiting tab takes the place of one that stops', async () => {
  const tabs = Array.from({ length: 5 }, openTab);
  await vi.advanceTimersByTimeAsync(0);
  expect(tabs[4]?.onLive).not.toHaveBeenCalled();

  tabs[0]?.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tabs[4]?.onLive).toHaveBeenCalledWith(true);
  tabs.forEach(({ stop }) => stop());
});

test('a page forgets an event id that the API refuses', async () => {
  const open = vi.mocked(openStream).mockClear();
  open.mockResolvedValueOnce(
    new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('id: of-an-earlier-version\nevent: ready\ndata: {}\n\n'));
        stream.close();
      },
    }),
  );
  open.mockRejectedValueOnce(new ApiError(400, ['last_event_id_invalid']));

  const { onLive, stop } = openTab();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(open.mock.calls.map(([, lastEventId]) => lastEventId)).toEqual([
    undefined,
    'of-an-earlier-version',
    undefined,
  ]);
  expect(onLive).toHaveBeenLastCalledWith(true);
  stop();
});
