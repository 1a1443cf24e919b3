import type { QueryClient } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import type { NewMessage, SentMessage } from '@/lib/api/types';
import { withArrived } from '../conversation-messages';
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

/** Puts a message that the API has accepted into its conversation, where that is loaded. */
export function showMessage(queryClient: QueryClient, sent: SentMessage): void {
  const { queryKey } = messagesQuery(sent.message_group_uuid);
  queryClient.setQueryData(queryKey, (loaded) => loaded && withArrived(loaded, sent));
}
