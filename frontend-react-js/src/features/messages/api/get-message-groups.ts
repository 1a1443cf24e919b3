import {
  infiniteQueryOptions,
  replaceEqualDeep,
  useInfiniteQuery,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, pageOf, type Page } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import type { MessageGroup, SentMessage } from '@/lib/api/types';
import { compareTimes } from '@/lib/time';
import { useMessagesContext } from '../messages-context';

type MessageGroupPages = InfiniteData<Page<MessageGroup>, string | undefined>;

/** The person's conversations, the one with the newest message first. */
export function messageGroupsQuery() {
  return infiniteQueryOptions({
    queryKey: ['message-groups'],
    queryFn: ({ pageParam }) =>
      pageOf(api().GET('/api/message_groups', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.older,
    // An event may arrive while the list is being read, and then tells more than the answer.
    structuralSharing: (shown, read) =>
      shown
        ? replaceEqualDeep(shown, keepNewer(shown as MessageGroupPages, read as MessageGroupPages))
        : read,
  });
}

/** Kept up to date: by live events, or without them by asking every few seconds. */
export function useMessageGroups() {
  const { pollInterval } = useMessagesContext();
  const groups = useInfiniteQuery({ ...messageGroupsQuery(), refetchInterval: pollInterval });
  // Not by `select`, because its result would pass through `structuralSharing` as well.
  const data = useMemo(() => groups.data && newestFirst(groups.data), [groups.data]);
  return { ...groups, data };
}

/** The conversations of all pages. Events may have moved them. */
export function newestFirst({ pages }: Pick<MessageGroupPages, 'pages'>): MessageGroup[] {
  return itemsOf(pages).sort((a, b) => compareTimes(b.created_at, a.created_at));
}

/** Shows the new last line of a conversation, or a new conversation. */
export function showGroup(queryClient: QueryClient, group: MessageGroup): void {
  queryClient.setQueryData(messageGroupsQuery().queryKey, (data) => {
    const [first, ...others] = data?.pages ?? [];
    if (!data || !first) return data;
    const withoutGroup = (page: Page<MessageGroup>) => ({
      ...page,
      items: page.items.filter(({ uuid }) => uuid !== group.uuid),
    });
    const { items, ...links } = withoutGroup(first);
    return { ...data, pages: [{ ...links, items: [group, ...items] }, ...others.map(withoutGroup)] };
  });
}

/** Shows a message that was sent as the last line of its conversation. A conversation that is not in the list is read. */
export function showLastLine(queryClient: QueryClient, sent: SentMessage): void {
  const { queryKey } = messageGroupsQuery();
  const groups = queryClient.getQueryData(queryKey)?.pages.flatMap((page) => page.items);
  const group = groups?.find(({ uuid }) => uuid === sent.message_group_uuid);
  if (group) showGroup(queryClient, { ...group, message: sent.message, created_at: sent.created_at });
  else void queryClient.invalidateQueries({ queryKey });
}

/** What was read, but each conversation with the newer of its last lines. */
function keepNewer(shown: MessageGroupPages, read: MessageGroupPages): MessageGroupPages {
  const unread = new Map(itemsOf(shown.pages).map((group) => [group.uuid, group]));
  const pages = read.pages.map((page) => ({
    ...page,
    items: page.items.map((group) => {
      const other = unread.get(group.uuid);
      unread.delete(group.uuid);
      return other && compareTimes(other.created_at, group.created_at) > 0 ? other : group;
    }),
  }));
  const [first, ...others] = pages;
  if (!first) return read;
  // Conversations are never deleted: one that only the screen shows is newer than the answer, or on a page that was not read.
  const newest = first.items[0];
  const begun = [...unread.values()].filter(
    (group) => !newest || compareTimes(group.created_at, newest.created_at) > 0,
  );
  return { ...read, pages: [{ ...first, items: [...begun, ...first.items] }, ...others] };
}
