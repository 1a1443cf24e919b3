import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isHealthy } from '@/lib/api/client';
import { reportReachable, useReachable } from '@/lib/api/connection';
import styles from './connection-banner.module.css';

/** Milliseconds between two looks at whether the API is back. */
const LOOK_INTERVAL = 2000;

/** Says that the API is away, watches for its return, and refreshes what is on the page once it is back, whoever noticed. */
export function ConnectionBanner() {
  const reachable = useReachable();
  const queryClient = useQueryClient();
  const wasReachable = useRef(reachable);

  useEffect(() => {
    if (reachable && !wasReachable.current) void queryClient.invalidateQueries();
    wasReachable.current = reachable;
  }, [reachable, queryClient]);

  useEffect(() => {
    if (reachable) return;
    let timer: ReturnType<typeof setTimeout>;
    let watching = true;
    const look = async () => {
      const healthy = await isHealthy();
      if (!watching) return;
      if (healthy) reportReachable(true);
      else watch();
    };
    const watch = () => (timer = setTimeout(() => void look(), LOOK_INTERVAL));
    watch();
    return () => {
      watching = false;
      clearTimeout(timer);
    };
  }, [reachable]);

  return (
    <div role="status" className={styles.region}>
      {!reachable && (
        <p className={styles.banner}>
          {navigator.onLine ? 'Cruddur cannot be reached.' : 'You are offline.'} Trying again by itself; what
          you write is kept.
        </p>
      )}
    </div>
  );
}
