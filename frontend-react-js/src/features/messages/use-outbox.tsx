import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { isUnauthorized } from '@/lib/api/errors';
import { endSession, useUser } from '@/lib/auth/session';
import { sendMessage, showMessage } from './api/send-message';
import { Outbox, type OutgoingMessage } from './outbox';

const OutboxContext = createContext<Outbox | null>(null);

/** One outbox for the signed-in person, above all pages: leaving a conversation does not stop its messages. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const user = useUser();
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

  return <OutboxContext value={outbox}>{children}</OutboxContext>;
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

/** The messages on their way into one conversation, and what can be done with them. */
export function useOutbox(messageGroupUuid: string) {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider above');

  const all = useSyncExternalStore(
    useCallback((listener: () => void) => outbox.subscribe(listener), [outbox]),
    () => outbox.messages,
  );
  const outgoing = useMemo(
    () => all.filter((message) => message.messageGroupUuid === messageGroupUuid),
    [all, messageGroupUuid],
  );
  return {
    outgoing,
    send: (text: string) => outbox.add(messageGroupUuid, text),
    retry: (id: string) => outbox.retry(id),
    discard: (id: string) => outbox.discard(id),
  };
}
