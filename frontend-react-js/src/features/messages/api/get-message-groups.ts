import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { getPage, type Page } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import type { MessageGroup } from '@/lib/api/types';
import { useMessagesContext } from '../messages-context';
import { POLL_INTERVAL } from '../poll-interval';

export function getMessageGroups(path: string): Promise<Page<MessageGroup>> {
  return getPage<MessageGroup>(path);
}

/** The person's conversations, the one with the newest message first. */
export function messageGroupsQuery() {
  return infiniteQueryOptions({
    queryKey: ['message-groups'],
    queryFn: ({ pageParam }) => getMessageGroups(pageParam),
    initialPageParam: '/api/message_groups',
    getNextPageParam: (page) => page.next,
    select: (data) => itemsOf(data.pages),
  });
}

/** Kept up to date: by live events where they flow, else by asking every few seconds. */
export function useMessageGroups() {
  const { live } = useMessagesContext();
  return useInfiniteQuery({ ...messageGroupsQuery(), refetchInterval: live ? false : POLL_INTERVAL });
}
