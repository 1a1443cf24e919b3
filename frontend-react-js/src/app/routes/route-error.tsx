import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button } from '@/components/button';
import { Logo } from '@/components/logo';
import { usePageTitle } from '@/lib/use-page-title';
import styles from './full-page.module.css';
import { NotFound } from './not-found';

/** In place of the app: there is no page at this address, or it failed to load or to render. */
export function RouteError() {
  const error = useRouteError();
  return isRouteErrorResponse(error) && error.status === 404 ? <NotFound /> : <PageFailed />;
}

function PageFailed() {
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
