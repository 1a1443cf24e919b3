import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import { isNotFound } from '@/lib/api/errors';
import type { Activity } from '@/lib/api/types';
import { ACTIVITIES, updateActivity } from './activity-lists';

export function likeActivity(activityUuid: string, liked: boolean): Promise<Activity> {
  const route = '/api/activities/{uuid}/like';
  const params = { path: { uuid: activityUuid } };
  return dataOf(liked ? api().PUT(route, { params }) : api().DELETE(route, { params }));
}

/** Likes an activity or takes the like back: shown at once, and undone when the API says no. */
export function useLikeActivity(activityUuid: string) {
  const queryClient = useQueryClient();
  const mutationKey = ['like', activityUuid];

  return useMutation({
    mutationKey,
    // One after the other, so that the last press decides.
    scope: { id: mutationKey.join() },
    mutationFn: (liked: boolean) => likeActivity(activityUuid, liked),
    onMutate: (liked) => {
      // A list that was asked for before the like would come without it.
      void queryClient.cancelQueries({
        queryKey: [ACTIVITIES],
        predicate: (query) => query.state.data !== undefined,
      });
      updateActivity(queryClient, activityUuid, (activity) => show(activity, liked));
    },
    onSuccess: (answer) => {
      // While another press waits for its turn, the screen is ahead of this answer.
      if (queryClient.isMutating({ mutationKey }) > 1) return;
      updateActivity(queryClient, activityUuid, () => answer);
    },
    onError: (error, liked) => {
      updateActivity(queryClient, activityUuid, (activity) => show(activity, !liked));
      if (isNotFound(error)) void queryClient.invalidateQueries({ queryKey: [ACTIVITIES] });
    },
  });
}

function show(activity: Activity, liked: boolean): Activity {
  if (activity.liked === liked) return activity;
  return { ...activity, liked, likes_count: activity.likes_count + (liked ? 1 : -1) };
}
