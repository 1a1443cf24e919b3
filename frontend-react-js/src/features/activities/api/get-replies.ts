import { useInfiniteQuery } from '@tanstack/react-query';
import { api, pageOf } from '@/lib/api/client';
import { activityListQuery } from './activity-lists';

/** The replies to a crud, or to another reply. */
export function repliesQuery(activityUuid: string) {
  return activityListQuery(['replies', activityUuid], (cursor) =>
    pageOf(
      api().GET('/api/activities/{uuid}/replies', {
        params: { path: { uuid: activityUuid }, query: { cursor } },
      }),
    ),
  );
}

export function useReplies(activityUuid: string) {
  return useInfiniteQuery(repliesQuery(activityUuid));
}
