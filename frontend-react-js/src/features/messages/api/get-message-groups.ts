import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '@/lib/api/client';
import type { MessageGroup } from '@/lib/api/types';

export function getMessageGroups(signal?: AbortSignal): Promise<MessageGroup[]> {
  return get<MessageGroup[]>('/api/message_groups', { signal });
}

/** The person's conversations, the one with the newest message first. */
export function messageGroupsQuery() {
  return queryOptions({
    queryKey: ['message-groups'],
    queryFn: ({ signal }) => getMessageGroups(signal),
  });
}

export function useMessageGroups() {
  return useQuery(messageGroupsQuery());
}
