import { useInfiniteQuery } from '@tanstack/react-query';
import { api, pageOf } from '@/lib/api/client';
import { activityListQuery } from './activity-lists';

/** A person's cruds and replies that have not expired. */
export function userActivitiesQuery(handle: string) {
  return activityListQuery(['user', handle], (cursor) =>
    pageOf(api().GET('/api/users/@{handle}/activities', { params: { path: { handle }, query: { cursor } } })),
  );
}

export function useUserActivities(handle: string) {
  return useInfiniteQuery(userActivitiesQuery(handle));
}
