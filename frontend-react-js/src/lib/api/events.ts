import { isHealthy, openStream } from './client';
import { reportReachable } from './connection';
import { isNotFound, isUnauthorized } from './errors';
import { readEvents, type ServerSentEvent } from './server-sent-events';

interface EventsOptions {
  onEvent: (event: ServerSentEvent) => void;
  /** Called with true when events flow and with false when they stop. */
  onLive: (live: boolean) => void;
  onUnauthorized: () => void;
}

/** The API sends a heartbeat at least this often; a stream that is silent for longer is dead. */
const SILENCE = 45_000;
const FIRST_RETRY = 1000;
const SLOWEST_RETRY = 5000;

/**
 * Follows `GET /api/events` until told to stop: reconnects by itself, and says where it left off, so that the
 * API sends what was missed. It rests while nobody looks at the page, because a browser allows few connections
 * to one server over HTTP/1.1 and every tab would hold one.
 * @returns how to stop
 */
export function followEvents({ onEvent, onLive, onUnauthorized }: EventsOptions): () => void {
  const stopped = new AbortController();
  const isStopped = () => stopped.signal.aborted;
  let attempt = new AbortController();
  let lastEventId: string | undefined;

  let delay = FIRST_RETRY;

  const connect = async () => {
    attempt = new AbortController();
    const signal = AbortSignal.any([stopped.signal, attempt.signal]);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const onActivity = () => {
      clearTimeout(silence);
      silence = setTimeout(() => attempt.abort(), SILENCE);
    };
    try {
      const body = await openStream('/api/events', lastEventId, signal);
      onActivity();
      onLive(true);
      delay = FIRST_RETRY;
      for await (const event of readEvents(body, onActivity)) {
        lastEventId = event.id ?? lastEventId;
        onEvent(event);
      }
    } finally {
      clearTimeout(silence);
      onLive(false);
    }
  };

  const run = async () => {
    while (!isStopped()) {
      await untilVisible(stopped.signal);
      try {
        await connect();
      } catch (error) {
        if (isStopped()) return;
        if (isUnauthorized(error)) onUnauthorized();
        // After a 401 the stream begins anew with the next session; an API without the route has no live events.
        if (isUnauthorized(error) || isNotFound(error)) return;
      }
      // A stream that breaks is the first to tell that the API is gone.
      if (!document.hidden && !(await isHealthy())) reportReachable(false);
      await sleep(delay, stopped.signal);
      delay = Math.min(delay * 2, SLOWEST_RETRY);
    }
  };

  const onVisibility = () => {
    if (document.hidden) attempt.abort();
  };
  document.addEventListener('visibilitychange', onVisibility);
  void run();

  return () => {
    stopped.abort();
    document.removeEventListener('visibilitychange', onVisibility);
  };
}

function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', check);
      signal.removeEventListener('abort', check);
      resolve();
    };
    document.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
    check();
  });
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
  });
}
