import type { QueryClient } from '@tanstack/react-query';
import { followEvents } from '@/lib/api/events';
import type { LiveEvents, SentMessage } from '@/lib/api/types';
import { endSession } from '@/lib/auth/session';
import { messageGroupsQuery, showGroup } from './api/get-message-groups';
import { MESSAGES } from './api/get-messages';
import { showMessage } from './api/send-message';

interface LiveMessagesOptions {
  /** Called with true when messages arrive by themselves and with false when they stop. */
  onLive: (live: boolean) => void;
  /** Called for each message before it is shown. */
  onMessage: (message: SentMessage) => void;
}

/** Shows messages as they arrive. Returns how to stop. */
export function followMessages(
  queryClient: QueryClient,
  { onLive, onMessage }: LiveMessagesOptions,
): () => void {
  return followEvents({
    onEvent: ({ type, data }) => {
      if (type === 'message') {
        const message = JSON.parse(data) as LiveEvents['message'];
        onMessage(message);
        showMessage(queryClient, message);
      }
      if (type === 'message_group') showGroup(queryClient, JSON.parse(data) as LiveEvents['message_group']);
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

/** Reads what was missed: the list, the open conversation, and each other one when it is opened again. */
function catchUp(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: messageGroupsQuery().queryKey });
  void queryClient.invalidateQueries({ queryKey: [MESSAGES] });
}

/** Reads everything again. What was caught up with is not continued, because it may not exist any more. */
function reloadEverything(queryClient: QueryClient): void {
  void queryClient.resetQueries({ queryKey: [MESSAGES] });
  void queryClient.invalidateQueries();
}
