import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { Avatar } from '@/components/avatar';
import { MessagesIcon, SignOutIcon } from '@/components/icons';
import { Logo } from '@/components/logo';
import { paths } from '@/config/paths';
import { MessagesProvider } from '@/features/messages/messages-provider';
import { endSession, useUser } from '@/lib/auth/session';
import { ConnectionBanner } from './connection-banner';
import styles from './app-shell.module.css';

/** The frame around every page of a signed-in person. */
export function AppShell() {
  const user = useUser();
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main);
  return (
    <MessagesProvider key={user.id}>
      <a href="#content" className={styles.skip}>
        Skip to content
      </a>
      <div className={styles.shell}>
        <header className={styles.side}>
          <Link to={paths.home} aria-label="Cruddur, home" className={styles.brand}>
            <Logo />
          </Link>
          <nav aria-label="Main" className={styles.nav}>
            <NavItem to={paths.messages} icon={<MessagesIcon />}>
              Messages
            </NavItem>
          </nav>
          <Account />
        </header>
        <main ref={main} id="content" tabIndex={-1} className={styles.main}>
          <ConnectionBanner />
          <div className={styles.page}>
            <Outlet />
          </div>
        </main>
      </div>
    </MessagesProvider>
  );
}

/** When the link that was followed is gone with its page, the keyboard goes on from the new page's start. */
function useFocusOnNavigation(main: RefObject<HTMLElement | null>) {
  const { pathname } = useLocation();
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === document.body || !focused?.checkVisibility())
      main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}

function NavItem({ to, icon, children }: { to: string; icon: ReactNode; children: string }) {
  return (
    <NavLink to={to} className={styles.navItem}>
      {icon}
      <span>{children}</span>
    </NavLink>
  );
}

function Account() {
  const queryClient = useQueryClient();
  const user = useUser();
  return (
    <div className={styles.account}>
      <Avatar handle={user.handle} displayName={user.displayName} size="2.25rem" />
      <p className={styles.identity}>
        <span className={styles.name}>{user.displayName}</span>
        <span className={styles.handle}>@{user.handle}</span>
      </p>
      <button
        type="button"
        className={styles.signOut}
        title="Sign out"
        onClick={() => void endSession(queryClient, 'signed-out')}
      >
        <SignOutIcon />
        <span className="visually-hidden">Sign out</span>
      </button>
    </div>
  );
}
