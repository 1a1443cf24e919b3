import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, pageOf, type Page } from '@/lib/api/client';
import type { Message } from '@/lib/api/types';
import { fromPage, merge, withArrived, withOlder, type ConversationMessages } from '../conversation-messages';
import { useMessagesContext } from '../messages-context';

/** Messages of one page when catching up or going back; the API's default for the page that opens a conversation. */
const PAGE_SIZE = 100;
/** How long a conversation that was left stays as it is, for coming back to it. */
const KEEP = 30 * 60_000;

interface PageRequest {
  limit?: number;
  /** Where the page begins; the newest page without. */
  cursor?: string | undefined;
}

export function getMessages(messageGroupUuid: string, query: PageRequest): Promise<Page<Message>> {
  return pageOf(
    api().GET('/api/messages/{message_group_uuid}', {
      params: { path: { message_group_uuid: messageGroupUuid }, query },
    }),
  );
}

/** First part of the query keys of all conversations. */
export const MESSAGES = 'messages';

/**
 * The loaded messages of one conversation. The first request reads the newest page. Every further one catches up: it reads what
 * is new since, and keeps what is loaded.
 */
export function messagesQuery(messageGroupUuid: string) {
  return queryOptions({
    queryKey: [MESSAGES, messageGroupUuid],
    queryFn: async ({ client, queryKey }) => {
      const loaded = client.getQueryData<ConversationMessages>(queryKey);
      return loaded?.newer
        ? catchUp(messageGroupUuid, { ...loaded, newer: loaded.newer })
        : fromPage(await getMessages(messageGroupUuid, {}));
    },
    // Messages arrive, and older ones are loaded, while a request is under way.
    structuralSharing: (shown, read) =>
      shown ? merge(shown as ConversationMessages, read as ConversationMessages) : read,
    gcTime: KEEP,
  });
}

async function catchUp(
  messageGroupUuid: string,
  loaded: ConversationMessages & { newer: string },
): Promise<ConversationMessages> {
  const page = await getMessages(messageGroupUuid, { limit: PAGE_SIZE, cursor: loaded.newer });
  const newer = page.newer ?? loaded.newer;
  const caughtUp = { ...withArrived(loaded, ...page.items), newer };
  return page.items.length < PAGE_SIZE ? caughtUp : catchUp(messageGroupUuid, caughtUp);
}

/** The messages of a conversation, kept up to date, and how to load older ones. */
export function useMessages(messageGroupUuid: string) {
  const queryClient = useQueryClient();
  const { pollInterval } = useMessagesContext();
  const query = messagesQuery(messageGroupUuid);
  const conversation = useQuery({ ...query, refetchInterval: pollInterval });
  const cursor = conversation.data?.older;

  const older = useMutation({
    mutationFn: () => getMessages(messageGroupUuid, { limit: PAGE_SIZE, cursor }),
    onSuccess: (page) =>
      queryClient.setQueryData(query.queryKey, (loaded) => loaded && withOlder(loaded, page)),
  });

  return {
    ...conversation,
    older: {
      hasMore: cursor !== undefined,
      isLoading: older.isPending,
      isBusy: older.isPending,
      isError: older.isError,
      load: () => older.mutate(),
    },
  };
}
