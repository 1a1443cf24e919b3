import { Link } from 'react-router';
import { Logo } from '@/components/logo';
import { Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { useSession } from '@/lib/auth/session';
import { usePageTitle } from '@/lib/use-page-title';
import { AppShell } from '../shell/app-shell';
import { Main } from '../shell/main';
import styles from './full-page.module.css';

/** An address without a page. Whoever is signed in keeps the navigation. */
export function NotFound() {
  const session = useSession();
  if (session.data?.status !== 'signed-in') {
    return (
      <main className={styles.page}>
        <Logo />
        <NotFoundNotice />
      </main>
    );
  }
  return (
    <AppShell>
      <Main>
        <NotFoundNotice />
      </Main>
    </AppShell>
  );
}

function NotFoundNotice() {
  usePageTitle('Page not found');
  return (
    <Notice
      level="h1"
      title="There is nothing at this address"
      action={<Link to={paths.home}>Back to Cruddur</Link>}
    >
      The link may be mistyped, or the page no longer exists.
    </Notice>
  );
}
