import { Button } from '@/components/button';
import { Logo } from '@/components/logo';
import { usePageTitle } from '@/lib/use-page-title';
import styles from './full-page.module.css';

/** Last resort: a page failed to load or to render. */
export function RouteError() {
  usePageTitle('Something went wrong');
  return (
    <main role="alert" className={styles.page}>
      <Logo />
      <h1>This page could not be shown</h1>
      <p>Reloading usually helps. What you were writing is kept.</p>
      <Button onClick={() => location.reload()}>Reload</Button>
    </main>
  );
}
