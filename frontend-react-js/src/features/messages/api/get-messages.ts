import { infiniteQueryOptions, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { getPage, type Page } from '@/lib/api/client';
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

/** All loaded messages, oldest first; once each, also where a page moved between two requests. */
export function inOrder(data: InfiniteData<Page<Message>>): Message[] {
  const byUuid = new Map<string, Message>();
  for (const page of data.pages.toReversed()) {
    for (const message of page.items) byUuid.set(message.uuid, message);
  }
  return [...byUuid.values()];
}
