import { useInfiniteQuery } from '@tanstack/react-query';
import { activityListQuery } from './activity-lists';

/** Everybody's cruds that have not expired. */
export function homeActivitiesQuery() {
  return activityListQuery(['home'], '/api/activities/home');
}

export function useHomeActivities() {
  return useInfiniteQuery(homeActivitiesQuery());
}
