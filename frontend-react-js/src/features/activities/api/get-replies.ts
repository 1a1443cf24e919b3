import { useInfiniteQuery } from '@tanstack/react-query';
import { activityListQuery } from './activity-lists';

/** The replies to a crud, or to another reply. */
export function repliesQuery(activityUuid: string) {
  return activityListQuery(['replies', activityUuid], `/api/activities/${activityUuid}/replies`);
}

export function useReplies(activityUuid: string) {
  return useInfiniteQuery(repliesQuery(activityUuid));
}
