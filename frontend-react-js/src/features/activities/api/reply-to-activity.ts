import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import type { Activity } from '@/lib/api/types';
import { addActivity, updateActivity } from './activity-lists';
import { repliesQuery } from './get-replies';
import { userActivitiesQuery } from './get-user-activities';

export function replyToActivity(activityUuid: string, message: string): Promise<Activity> {
  return dataOf(
    api().POST('/api/activities/{uuid}/reply', {
      params: { path: { uuid: activityUuid } },
      body: { message },
    }),
  );
}

/**
 * Replies to a crud or to a reply. As with a crud, a failed attempt is not repeated by itself.
 * @param onReplied called also when the page has been left meanwhile
 */
export function useReplyToActivity(activityUuid: string, onReplied: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (message: string) => replyToActivity(activityUuid, message),
    onSuccess: (reply) => {
      addActivity(queryClient, repliesQuery(activityUuid), reply);
      addActivity(queryClient, userActivitiesQuery(reply.handle), reply);
      updateActivity(queryClient, activityUuid, (activity) => ({
        ...activity,
        replies_count: activity.replies_count + 1,
      }));
      onReplied();
    },
  });
}
