import { useInfiniteQuery } from '@tanstack/react-query';
import { activityListQuery } from './activity-lists';

/** A person's cruds and replies that have not expired. */
export function userActivitiesQuery(handle: string) {
  return activityListQuery(['user', handle], `/api/users/@${encodeURIComponent(handle)}/activities`);
}

export function useUserActivities(handle: string) {
  return useInfiniteQuery(userActivitiesQuery(handle));
}
