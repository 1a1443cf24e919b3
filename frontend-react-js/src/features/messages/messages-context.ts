import { createContext, useContext } from 'react';
import type { Outbox } from './outbox';

interface MessagesContextValue {
  outbox: Outbox;
  /** Milliseconds between two requests for what is new; false while messages arrive live. */
  pollInterval: number | false;
}

export const MessagesContext = createContext<MessagesContextValue | null>(null);

export function useMessagesContext(): MessagesContextValue {
  const value = useContext(MessagesContext);
  if (!value) throw new Error('This needs a MessagesProvider above it');
  return value;
}
