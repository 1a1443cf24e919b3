import { useInfiniteQuery } from '@tanstack/react-query';
import { api, pageOf } from '@/lib/api/client';
import { activityListQuery } from './activity-lists';

/** Everybody's cruds that have not expired. */
export function homeActivitiesQuery() {
  return activityListQuery(['home'], (cursor) =>
    pageOf(api().GET('/api/activities/home', { params: { query: { cursor } } })),
  );
}

export function useHomeActivities() {
  return useInfiniteQuery(homeActivitiesQuery());
}
