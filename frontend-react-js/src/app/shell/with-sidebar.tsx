import { Outlet } from 'react-router';
import { Main } from './main';
import { Sidebar } from './sidebar';
import styles from './with-sidebar.module.css';

/** A page with the sidebar beside it. */
export function WithSidebar() {
  return (
    <div className={styles.columns}>
      <Main>
        <Outlet />
      </Main>
      <Sidebar />
    </div>
  );
}
