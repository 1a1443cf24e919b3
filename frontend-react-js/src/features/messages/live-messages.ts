import type { QueryClient } from '@tanstack/react-query';
import { followEvents } from '@/lib/api/events';
import type { LiveEvents } from '@/lib/api/types';
import { endSession } from '@/lib/auth/session';
import { messageGroupsQuery } from './api/get-message-groups';
import { MESSAGES } from './api/get-messages';
import { showMessage } from './api/send-message';
import type { Outbox } from './outbox';

/** Shows messages as they arrive. Returns how to stop. */
export function followMessages(
  queryClient: QueryClient,
  outbox: Outbox,
  onLive: (live: boolean) => void,
): () => void {
  return followEvents({
    onEvent: ({ type, data }) => {
      if (type === 'message') {
        const message = JSON.parse(data) as LiveEvents['message'];
        if (!isBeingSent(outbox, message)) showMessage(queryClient, message);
      }
      if (type === 'message_group') {
        void queryClient.invalidateQueries({ queryKey: messageGroupsQuery().queryKey });
      }
      // More was missed than the API sends again.
      if (type === 'reset') catchUp(queryClient);
      // The data may have been replaced: by a restored snapshot, for example.
      if (type === 'reload') reloadEverything(queryClient);
    },
    onLive: (live) => {
      onLive(live);
      if (live) catchUp(queryClient);
    },
    onUnauthorized: () => void endSession(queryClient, 'expired'),
  });
}

/**
 * Fetches what was missed until now: the list, the open conversation, and any other one when it is opened again. The
 * last message of a conversation says nothing of those before it: one's own may have come after one that was missed.
 */
function catchUp(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: messageGroupsQuery().queryKey });
  queryClient.removeQueries({ queryKey: [MESSAGES], type: 'inactive' });
  void queryClient.invalidateQueries({ queryKey: [MESSAGES] });
}

function reloadEverything(queryClient: QueryClient): void {
  queryClient.removeQueries({ queryKey: [MESSAGES], type: 'inactive' });
  void queryClient.invalidateQueries();
}

/** Our own message can arrive before the answer to sending it; that answer shows it then. */
function isBeingSent(outbox: Outbox, message: LiveEvents['message']): boolean {
  return outbox.messages.some(
    (outgoing) =>
      outgoing.messageGroupUuid === message.message_group_uuid && outgoing.text === message.message,
  );
}
