import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useMessagesContext } from './messages-context';
import { isSameConversation } from './outbox';

/** The messages on their way to a recipient, and what can be done with them. */
export function useOutbox({
  messageGroupUuid,
  handle,
}: {
  messageGroupUuid?: string;
  handle?: string | undefined;
}) {
  const { outbox } = useMessagesContext();
  const all = useSyncExternalStore(
    useCallback((listener: () => void) => outbox.subscribe(listener), [outbox]),
    () => outbox.messages,
  );
  return useMemo(() => {
    const recipient = { messageGroupUuid, handle };
    return {
      outgoing: all.filter(
        (message) =>
          isSameConversation(message, recipient) && !(message.status === 'sending' && message.hasArrived),
      ),
      send: (text: string) => outbox.add(recipient, text),
      retry: (id: string) => outbox.retry(id),
      discard: (id: string) => outbox.discard(id),
    };
  }, [all, outbox, messageGroupUuid, handle]);
}

/** How many messages are not sent yet, to anybody. */
export function useUnsentCount(): number {
  const { outbox } = useMessagesContext();
  return useSyncExternalStore(
    useCallback((listener: () => void) => outbox.subscribe(listener), [outbox]),
    () => outbox.messages.length,
  );
}
