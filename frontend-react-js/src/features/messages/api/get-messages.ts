import { infiniteQueryOptions, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { api, pageOf, type Page } from '@/lib/api/client';
import { itemsOf } from '@/lib/api/pages';
import type { Message } from '@/lib/api/types';
import { useMessagesContext } from '../messages-context';
import { POLL_INTERVAL } from '../poll-interval';

/** @param cursor where the page begins; the newest page without */
export function getMessages(messageGroupUuid: string, cursor: string | undefined): Promise<Page<Message>> {
  return pageOf(
    api().GET('/api/messages/{message_group_uuid}', {
      params: { path: { message_group_uuid: messageGroupUuid }, query: { cursor } },
    }),
  );
}

/** First part of the query keys of all conversations. */
export const MESSAGES = 'messages';

/** The messages of one conversation: the newest page first, each further page goes back in time. */
export function messagesQuery(messageGroupUuid: string) {
  return infiniteQueryOptions({
    queryKey: [MESSAGES, messageGroupUuid],
    queryFn: ({ pageParam }) => getMessages(messageGroupUuid, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.older,
    select: inOrder,
  });
}

/** Kept up to date: by live events where they flow, else by asking now and then. */
export function useMessages(messageGroupUuid: string) {
  const { live } = useMessagesContext();
  return useInfiniteQuery({
    ...messagesQuery(messageGroupUuid),
    refetchInterval: live
      ? false
      : (query) => POLL_INTERVAL * Math.max(1, query.state.data?.pages.length ?? 1),
  });
}

/** All loaded messages, oldest first: a page lists its messages forwards, and each further page is older. */
export function inOrder(data: InfiniteData<Page<Message>>): Message[] {
  return itemsOf(data.pages.toReversed());
}
