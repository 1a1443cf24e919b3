import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import type { Activity, NewActivity } from '@/lib/api/types';
import { addActivity } from './activity-lists';
import { homeActivitiesQuery } from './get-home-activities';
import { userActivitiesQuery } from './get-user-activities';

export function createActivity(activity: NewActivity): Promise<Activity> {
  return dataOf(api().POST('/api/activities', { body: activity }));
}

/**
 * Posts a crud. A failed attempt is not repeated by itself: it may have succeeded without the answer getting
 * here, and the route knows no Idempotency-Key.
 * @param onPosted called also when the page has been left meanwhile
 */
export function useCreateActivity(onPosted: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createActivity,
    onSuccess: (created) => {
      addActivity(queryClient, homeActivitiesQuery(), created);
      addActivity(queryClient, userActivitiesQuery(created.handle), created);
      onPosted();
    },
  });
}
