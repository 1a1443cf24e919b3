import { Link } from 'react-router';
import { paths } from '@/config/paths';
import { RecentConversations } from '@/features/messages/components/recent-conversations';
import { FindProfile } from './find-profile';
import styles from './sidebar.module.css';

/** Beside the feed, where there is room: people to find, and who has written last. */
export function Sidebar() {
  return (
    <aside aria-label="People" className={styles.sidebar}>
      <section className={styles.section}>
        <h2 className={styles.heading}>Find a person</h2>
        <FindProfile />
      </section>
      <section className={styles.section}>
        <h2 className={styles.heading}>Latest conversations</h2>
        <div className={styles.conversations}>
          <RecentConversations />
        </div>
        <Link to={paths.messages}>All messages</Link>
      </section>
    </aside>
  );
}
