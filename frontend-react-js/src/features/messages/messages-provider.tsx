import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { isUnauthorized } from '@/lib/api/errors';
import { endSession, useUser } from '@/lib/auth/session';
import { sendMessage, showMessage } from './api/send-message';
import { followMessages } from './live-messages';
import { MessagesContext } from './messages-context';
import { Outbox, type OutgoingMessage } from './outbox';

/**
 * What messages need above all pages: one outbox, so that leaving a conversation does not stop what is being
 * sent, and one stream of arriving messages.
 */
export function MessagesProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const user = useUser();
  const [live, setLive] = useState(false);
  const [outbox] = useState(
    () =>
      new Outbox({
        send: (message) => deliver(queryClient, message),
        storage: sessionStorage,
        storageKey: `cruddur.outbox.${user.id}`,
      }),
  );

  useEffect(() => {
    outbox.start();
    return () => outbox.stop();
  }, [outbox]);

  useEffect(() => followMessages(queryClient, outbox, setLive), [queryClient, outbox]);

  return <MessagesContext value={{ outbox, live }}>{children}</MessagesContext>;
}

async function deliver(queryClient: QueryClient, message: OutgoingMessage): Promise<void> {
  try {
    const { id, messageGroupUuid, text } = message;
    showMessage(queryClient, await sendMessage({ message: text, message_group_uuid: messageGroupUuid }, id));
  } catch (error) {
    if (isUnauthorized(error)) void endSession(queryClient, 'expired');
    throw error;
  }
}
