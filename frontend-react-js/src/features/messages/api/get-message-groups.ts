import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '@/lib/api/client';
import type { MessageGroup } from '@/lib/api/types';

export function getMessageGroups(): Promise<MessageGroup[]> {
  return get<MessageGroup[]>('/api/message_groups');
}

/** The person's conversations, the one with the newest message first. */
export function messageGroupsQuery() {
  return queryOptions({
    queryKey: ['message-groups'],
    queryFn: getMessageGroups,
  });
}

export function useMessageGroups() {
  return useQuery(messageGroupsQuery());
}
