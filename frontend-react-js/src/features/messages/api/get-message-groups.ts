import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '@/lib/api/client';
import type { MessageGroup } from '@/lib/api/types';
import { useMessagesContext } from '../messages-context';

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

/** Kept up to date: by live events where they flow, else by asking every few seconds. */
export function useMessageGroups() {
  const { live } = useMessagesContext();
  return useQuery({ ...messageGroupsQuery(), refetchInterval: live ? false : POLL_INTERVAL });
}

const POLL_INTERVAL = 5000;
