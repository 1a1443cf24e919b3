import { infiniteQueryOptions, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { getPage, type Page } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import type { Message } from '@/lib/api/types';

export function getMessages(path: string): Promise<Page<Message>> {
  return getPage<Message>(path);
}

/** First part of the query keys of all conversations. */
export const MESSAGES = 'messages';

/** The messages of one conversation: the newest page first, each further page goes back in time. */
export function messagesQuery(messageGroupUuid: string) {
  return infiniteQueryOptions({
    queryKey: [MESSAGES, messageGroupUuid],
    queryFn: ({ pageParam }) => getMessages(pageParam),
    initialPageParam: `/api/messages/${encodeURIComponent(messageGroupUuid)}`,
    getNextPageParam: (page) => page.next,
    select: inOrder,
  });
}

export function useMessages(messageGroupUuid: string) {
  return useInfiniteQuery(messagesQuery(messageGroupUuid));
}

/** All loaded messages, oldest first: a page lists its messages forwards, and each further page is older. */
export function inOrder(data: InfiniteData<Page<Message>>): Message[] {
  return itemsOf(data.pages.toReversed());
}
