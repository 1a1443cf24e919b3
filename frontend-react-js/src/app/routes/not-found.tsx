import { Link } from 'react-router';
import { Logo } from '@/components/logo';
import { paths } from '@/config/paths';
import { usePageTitle } from '@/lib/use-page-title';
import styles from './full-page.module.css';

export function NotFound() {
  usePageTitle('Page not found');
  return (
    <main className={styles.page}>
      <Logo />
      <h1>There is nothing at this address</h1>
      <p>The link may be mistyped, or what it led to is gone.</p>
      <Link to={paths.home}>Back to Cruddur</Link>
    </main>
  );
}
