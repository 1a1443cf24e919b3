import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api, pageOf } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import { useMessagesContext } from '../messages-context';
import { POLL_INTERVAL } from '../poll-interval';

/** The person's conversations, the one with the newest message first. */
export function messageGroupsQuery() {
  return infiniteQueryOptions({
    queryKey: ['message-groups'],
    queryFn: ({ pageParam }) =>
      pageOf(api().GET('/api/message_groups', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.older,
    select: (data) => itemsOf(data.pages),
  });
}

/** Kept up to date: by live events where they flow, else by asking every few seconds. */
export function useMessageGroups() {
  const { live } = useMessagesContext();
  return useInfiniteQuery({ ...messageGroupsQuery(), refetchInterval: live ? false : POLL_INTERVAL });
}
