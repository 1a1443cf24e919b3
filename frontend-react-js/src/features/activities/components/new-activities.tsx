import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/button';
import type { Activity } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { compareTimes } from '@/lib/time';
import styles from './new-activities.module.css';

/** Pixels from the top of the page within which its newest crud is in sight. */
const AT_TOP = 200;

function subscribe(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
}

/** Says how many cruds of others have come since the top of the list was in sight, and leads there. */
export function NewActivities({ activities }: { activities: readonly Activity[] | undefined }) {
  const me = useUser();
  const isAtTop = useSyncExternalStore(subscribe, () => window.scrollY < AT_TOP);
  const newest = activities?.[0]?.created_at;
  const [seen, setSeen] = useState(newest);
  if ((isAtTop || seen === undefined) && seen !== newest) setSeen(newest);

  const unseen = (activities ?? []).filter(
    ({ handle, created_at }) =>
      seen !== undefined && handle !== me.handle && compareTimes(created_at, seen) > 0,
  );
  return (
    <div role="status" className={styles.region}>
      {unseen.length > 0 && (
        <Button variant="quiet" className={styles.button} onClick={() => window.scrollTo({ top: 0 })}>
          {unseen.length === 1 ? 'One new crud' : `${unseen.length} new cruds`}
        </Button>
      )}
    </div>
  );
}
