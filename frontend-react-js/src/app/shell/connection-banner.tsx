import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { apiMonitor, signInMonitor, useAvailability } from '@/lib/api/connection';
import styles from './connection-banner.module.css';

/** Says which service is unavailable, and refreshes the page when all are available again. */
export function ConnectionBanner() {
  const api = useAvailability(apiMonitor);
  const signIn = useAvailability(signInMonitor);
  const queryClient = useQueryClient();
  const available = api === 'available' && signIn === 'available';
  const wasAvailable = useRef(available);

  useEffect(() => {
    if (available && !wasAvailable.current) void queryClient.invalidateQueries();
    wasAvailable.current = available;
  }, [available, queryClient]);

  let problem;
  if (api === 'unreachable') problem = navigator.onLine ? 'Cruddur cannot be reached.' : 'You are offline.';
  else if (signIn === 'unreachable') problem = 'The sign-in service cannot be reached.';
  else if (api === 'impaired') problem = 'A part of Cruddur is unavailable.';
  return (
    <div role="status" className={styles.region}>
      {problem && (
        <p className={styles.banner}>{problem} Cruddur tries again by itself and keeps what you write.</p>
      )}
    </div>
  );
}
