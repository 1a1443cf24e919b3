import { createContext, useContext } from 'react';
import type { Outbox } from './outbox';

interface MessagesContextValue {
  outbox: Outbox;
  /** Whether messages arrive by themselves; if not, they have to be asked for. */
  live: boolean;
}

export const MessagesContext = createContext<MessagesContextValue | null>(null);

export function useMessagesContext(): MessagesContextValue {
  const value = useContext(MessagesContext);
  if (!value) throw new Error('This needs a MessagesProvider above it');
  return value;
}
