import {
  infiniteQueryOptions,
  useInfiniteQuery,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { changeCached } from '@/lib/api/change-cached';
import { api, pageOf, type Page } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import type { MessageGroup, SentMessage } from '@/lib/api/types';
import { compareTimes } from '@/lib/time';
import { useMessagesContext } from '../messages-context';

type MessageGroupPages = InfiniteData<Page<MessageGroup>>;

/** The person's conversations, the one with the newest message first. */
export function messageGroupsQuery() {
  return infiniteQueryOptions({
    queryKey: ['message-groups'],
    queryFn: ({ pageParam }) =>
      pageOf(api().GET('/api/message_groups', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.older,
    // Events may have moved conversations.
    select: (data) => itemsOf(data.pages).sort((a, b) => compareTimes(b.created_at, a.created_at)),
  });
}

/** Kept up to date: by live events, or without them by asking every few seconds. */
export function useMessageGroups() {
  const { pollInterval } = useMessagesContext();
  return useInfiniteQuery({ ...messageGroupsQuery(), refetchInterval: pollInterval });
}

/** Shows the new last line of a conversation, or a new conversation. */
export function showGroup(queryClient: QueryClient, group: MessageGroup): void {
  changeCached(queryClient, messageGroupsQuery().queryKey, (data) => withGroup(data, group));
}

function withGroup(data: MessageGroupPages, group: MessageGroup): MessageGroupPages {
  const shown = itemsOf(data.pages).find(({ uuid }) => uuid === group.uuid);
  if (shown && compareTimes(shown.created_at, group.created_at) >= 0) return data;
  const [first, ...others] = data.pages.map((page) => ({
    ...page,
    items: page.items.filter(({ uuid }) => uuid !== group.uuid),
  }));
  return first ? { ...data, pages: [{ ...first, items: [group, ...first.items] }, ...others] } : data;
}

/** Shows a message that was sent as the last line of its conversation. A conversation that is not in the list is read. */
export function showLastLine(queryClient: QueryClient, sent: SentMessage): void {
  const { queryKey } = messageGroupsQuery();
  const groups = queryClient.getQueryData(queryKey)?.pages.flatMap((page) => page.items);
  const group = groups?.find(({ uuid }) => uuid === sent.message_group_uuid);
  if (group) showGroup(queryClient, { ...group, message: sent.message, created_at: sent.created_at });
  else void queryClient.invalidateQueries({ queryKey });
}
