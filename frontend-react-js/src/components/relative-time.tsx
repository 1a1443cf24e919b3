import { useSyncExternalStore } from 'react';
import { fullTime, relativeTime } from '@/lib/time';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on the page; it stands still while nobody looks at it. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, 20_000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The time of day, moving on every 20 s. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

export function RelativeTime({ timestamp }: { timestamp: string }) {
  const at = useNow();
  return (
    <time dateTime={timestamp} title={fullTime(timestamp)}>
      {relativeTime(timestamp, at)}
    </time>
  );
}
