import type { ReactNode } from 'react';
import { Logo } from '@/components/logo';
import { usePageTitle } from '@/lib/use-page-title';
import styles from './auth-page.module.css';

/** The frame of all pages for people who are not signed in. */
export function AuthPage({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title.replace(' to Cruddur', ''));
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <Logo />
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
