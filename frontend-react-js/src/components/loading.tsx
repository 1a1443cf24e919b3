import { useEffect, useState } from 'react';
import styles from './loading.module.css';

/** Said only when there is something to wait for: a quick answer shows no flash of "Loading". */
export function Loading({ label = 'Loading…' }: { label?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className={styles.loading}>
      {late && label}
    </p>
  );
}
