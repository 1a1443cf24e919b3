import { Notice } from '@/components/notice';
import { ActivityComposer } from '@/features/activities/components/activity-composer';
import { ActivityList } from '@/features/activities/components/activity-list';
import { Replies } from '@/features/activities/components/replies';
import { NewActivities } from '@/features/activities/components/new-activities';
import { useHomeActivities } from '@/features/activities/api/get-home-activities';
import { usePageTitle } from '@/lib/use-page-title';
import { FindProfile } from '../shell/find-profile';
import styles from './home.module.css';

/** What everybody tells, and the box to tell something. */
export function Component() {
  usePageTitle('Home');
  const activities = useHomeActivities();
  return (
    <>
      <div className={styles.heading}>
        <h1>Home</h1>
        <div className={styles.find}>
          <FindProfile />
        </div>
      </div>
      <NewActivities activities={activities.data} />
      <ActivityComposer />
      <ActivityList
        list={activities}
        label="Cruds"
        renderReplies={(activity) => <Replies activity={activity} />}
        empty={<Notice title="No cruds right now">Cruds disappear in time. Write the next one above.</Notice>}
      />
    </>
  );
}
