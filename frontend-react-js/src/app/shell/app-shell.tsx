import type { ReactNode } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';
import { Avatar } from '@/components/avatar';
import { HomeIcon, MessagesIcon, PersonIcon } from '@/components/icons';
import { Logo } from '@/components/logo';
import { paths } from '@/config/paths';
import { MessagesProvider } from '@/features/messages/messages-provider';
import { useUser } from '@/lib/auth/session';
import styles from './app-shell.module.css';
import { SignOut } from './sign-out';

/** The frame around every page of a signed-in person: navigation beside it, on a phone below it. */
export function AppShell({ children = <Outlet /> }: { children?: ReactNode }) {
  const user = useUser();
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
            <NavItem to={paths.home} icon={<HomeIcon />}>
              Home
            </NavItem>
            <NavItem to={paths.messages} icon={<MessagesIcon />}>
              Messages
            </NavItem>
            <NavItem to={paths.profile(user.handle)} icon={<PersonIcon />}>
              Profile
            </NavItem>
          </nav>
          <Account />
        </header>
        {children}
      </div>
      <ScrollRestoration />
    </MessagesProvider>
  );
}

function NavItem({ to, icon, children }: { to: string; icon: ReactNode; children: string }) {
  return (
    <NavLink to={to} end={to === paths.home} className={styles.navItem}>
      {icon}
      <span>{children}</span>
    </NavLink>
  );
}

function Account() {
  const user = useUser();
  return (
    <div className={styles.account}>
      <span className={styles.picture}>
        <Avatar handle={user.handle} displayName={user.displayName} size="2.25rem" />
      </span>
      <p className={styles.identity}>
        <bdi className={styles.name}>{user.displayName}</bdi>
        <span className={styles.handle}>@{user.handle}</span>
      </p>
      <SignOut className={styles.signOut} />
    </div>
  );
}
