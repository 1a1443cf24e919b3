import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, dataOf, type Page } from '@/lib/api/client';
import type { MessageGroup, NewMessage, SentMessage } from '@/lib/api/types';
import { compareTimes } from '@/lib/time';
import { messageGroupsQuery } from './get-message-groups';
import { messagesQuery } from './get-messages';

/** @param idempotencyKey one per message, the same for every attempt at sending it */
export function sendMessage(message: NewMessage, idempotencyKey: string): Promise<SentMessage> {
  return dataOf(
    api().POST('/api/messages', {
      params: { header: { 'Idempotency-Key': idempotencyKey } },
      body: message,
    }),
  );
}

/**
 * Sends the first message to a person, which makes the conversation or continues the one there is.
 * @param onSent called for every message that got through, also when the page has been left meanwhile
 */
export function useSendFirstMessage(onSent: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      idempotencyKey,
      ...message
    }: {
      handle: string;
      message: string;
      idempotencyKey: string;
    }) => sendMessage(message, idempotencyKey),
    onSuccess: (sent) => {
      showMessage(queryClient, sent);
      onSent();
    },
  });
}

/** Puts a message that the API has accepted where the next request would show it: conversation and list. */
export function showMessage(queryClient: QueryClient, sent: SentMessage): void {
  const { queryKey } = messagesQuery(sent.message_group_uuid);
  queryClient.setQueryData(queryKey, (data) => {
    const [newest, ...older] = data?.pages ?? [];
    if (!data || !newest || newest.items.some((message) => message.uuid === sent.uuid)) return data;
    // An answer can come after a message that was sent later.
    const items = [...newest.items, sent].sort((a, b) => compareTimes(a.created_at, b.created_at));
    return { ...data, pages: [{ ...newest, items }, ...older] };
  });
  // What is being fetched at this moment may have been read without it, and is fetched anew.
  if (queryClient.isFetching({ queryKey }) > 0) void queryClient.invalidateQueries({ queryKey });
  moveToTop(queryClient, sent);
}

/** Gives a conversation its new last line at the top of the list; one that is not in the list yet is fetched. */
function moveToTop(queryClient: QueryClient, sent: SentMessage): void {
  const { queryKey } = messageGroupsQuery();
  const [newest, ...older] = queryClient.getQueryData(queryKey)?.pages ?? [];
  const group = [newest, ...older]
    .flatMap((page) => page?.items ?? [])
    .find((each) => each.uuid === sent.message_group_uuid);
  if (!newest || !group) {
    void queryClient.invalidateQueries({ queryKey });
    return;
  }
  if (compareTimes(group.created_at, sent.created_at) >= 0) return;
  const head = { ...group, message: sent.message, created_at: sent.created_at };
  const withoutGroup = (page: Page<MessageGroup>) => ({
    ...page,
    items: page.items.filter((each) => each.uuid !== group.uuid),
  });
  const first = withoutGroup(newest);
  queryClient.setQueryData(
    queryKey,
    (data) =>
      data && { ...data, pages: [{ ...first, items: [head, ...first.items] }, ...older.map(withoutGroup)] },
  );
}
