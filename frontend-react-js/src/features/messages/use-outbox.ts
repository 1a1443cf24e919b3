import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useMessagesContext } from './messages-context';

/** The messages on their way into one conversation, and what can be done with them. */
export function useOutbox(messageGroupUuid: string) {
  const { outbox } = useMessagesContext();
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
