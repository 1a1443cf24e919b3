import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { isUnauthorized } from '@/lib/api/errors';
import type { SentMessage } from '@/lib/api/types';
import { endSession, useUser } from '@/lib/auth/session';
import { personalStorage } from '@/lib/storage';
import { showLastLine } from './api/get-message-groups';
import { sendMessage, showMessage } from './api/send-message';
import { followMessages } from './live-messages';
import { MessagesContext } from './messages-context';
import { Outbox, type OutgoingMessage } from './outbox';

/** Milliseconds between two requests for what is new while no live events arrive. */
const POLL_INTERVAL = 5000;

/**
 * What messages need above all pages: one outbox, so that leaving a conversation does not stop what is being
 * sent, and one stream of arriving messages.
 */
export function MessagesProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const { id, handle } = useUser();
  const [live, setLive] = useState(false);
  const [outbox] = useState(
    () => new Outbox({ send: (message) => deliver(queryClient, message), storage: personalStorage(id) }),
  );

  useEffect(() => {
    outbox.start();
    return () => outbox.stop();
  }, [outbox]);

  useEffect(
    () =>
      followMessages(queryClient, {
        onLive: setLive,
        onMessage: (message) => {
          if (message.handle === handle) outbox.noteArrival(message);
        },
      }),
    [queryClient, outbox, handle],
  );

  const value = useMemo(
    () => ({ outbox, pollInterval: live ? (false as const) : POLL_INTERVAL }),
    [outbox, live],
  );
  return <MessagesContext value={value}>{children}</MessagesContext>;
}

async function deliver(queryClient: QueryClient, message: OutgoingMessage): Promise<SentMessage> {
  const { id, messageGroupUuid, handle, isByHandle, text } = message;
  const to = isByHandle ? { handle } : { message_group_uuid: messageGroupUuid };
  try {
    const sent = await sendMessage({ message: text, ...to }, id);
    showMessage(queryClient, sent);
    showLastLine(queryClient, sent);
    return sent;
  } catch (error) {
    if (isUnauthorized(error)) void endSession(queryClient, 'expired');
    throw error;
  }
}
