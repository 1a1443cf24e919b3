import { apiMonitor } from './connection';
import { hasCode, isNotFound, isUnauthorized } from './errors';
import { openStream } from './request';
import { readEvents, type ServerSentEvent } from './server-sent-events';

interface EventsOptions {
  onEvent: (event: ServerSentEvent) => void;
  /** Called with true when events flow and with false when they stop. */
  onLive: (live: boolean) => void;
  onUnauthorized: () => void;
}

/** Milliseconds without an event or a heartbeat after which a stream counts as broken. */
const SILENCE = 45_000;
const FIRST_RETRY = 1000;
const SLOWEST_RETRY = 5000;
/**
 * Open streams in one browser. A browser opens six connections to a server over HTTP/1.1, so that six streams would leave none
 * for requests.
 */
const MAX_STREAMS = 4;

/**
 * Follows `GET /api/events` until stopped. It reconnects by itself, and names the last event received, so that the API sends
 * what the page has missed. It pauses while the page is hidden, and waits while `MAX_STREAMS` other tabs have a stream.
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
        if (!(await withSlot(connect))) {
          await sleep(SLOWEST_RETRY, stopped.signal);
          continue;
        }
      } catch (error) {
        if (isStopped()) return;
        if (isUnauthorized(error)) onUnauthorized();
        // After a 401 the next session starts a stream of its own; an API without the route has no live events.
        if (isUnauthorized(error) || isNotFound(error)) return;
        // An upgraded API may not understand the id of an earlier version. Pages load what they show when events flow again.
        if (hasCode(error, 'last_event_id_invalid')) lastEventId = undefined;
      }
      // A broken stream is often the first sign that the API is unavailable.
      if (!document.hidden) await apiMonitor.check();
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

/**
 * Runs while it holds one of the browser's slots for streams. A page that is not in a secure context has no locks and no limit.
 * @returns false if all slots are taken
 */
async function withSlot(run: () => Promise<void>): Promise<boolean> {
  if (!('locks' in navigator)) {
    await run();
    return true;
  }
  for (let slot = 1; slot <= MAX_STREAMS; slot++) {
    const hasRun = await navigator.locks.request(
      `cruddur-events-${slot}`,
      { ifAvailable: true },
      async (lock) => {
        if (lock) await run();
        return lock !== null;
      },
    );
    if (hasRun) return true;
  }
  return false;
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
