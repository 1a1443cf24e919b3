import type { Page } from '@/lib/api/client';
import type { Message } from '@/lib/api/types';
import { compareTimes } from '@/lib/time';

/** The loaded part of a conversation: history read page by page, and what has arrived since. */
export interface ConversationMessages {
  /** Oldest first, each once. */
  messages: readonly Message[];
  /** Cursor of the page before the oldest message; undefined at the beginning of the conversation. */
  older: string | undefined;
  /**
   * Cursor behind which messages may be missing. It moves on with pages only: a message that arrives live, or one's own, says
   * nothing about those before it.
   */
  newer: string | undefined;
}

export function fromPage({ items, older, newer }: Page<Message>): ConversationMessages {
  return { messages: items, older, newer };
}

/** Adds messages that arrived by themselves. */
export function withArrived(
  conversation: ConversationMessages,
  ...arrived: readonly Message[]
): ConversationMessages {
  return merge(conversation, { ...conversation, messages: arrived });
}

/** Adds the page before the oldest message. */
export function withOlder(conversation: ConversationMessages, page: Page<Message>): ConversationMessages {
  // The page is empty when the oldest message was the first one.
  if (page.items.length === 0) return { ...conversation, older: page.older };
  return merge(conversation, { messages: page.items, older: page.older, newer: conversation.newer });
}

/**
 * Joins what is shown with what was read beside it, in any order, so that neither an answer nor an arriving message removes
 * what the other one added.
 * @param read decides where messages may be missing behind
 */
export function merge(shown: ConversationMessages, read: ConversationMessages): ConversationMessages {
  const messages = union(shown.messages, read.messages);
  const reachesFurther = read.messages[0]?.uuid === messages[0]?.uuid;
  const older = reachesFurther ? read.older : shown.older;
  const unchanged = messages === shown.messages && older === shown.older && read.newer === shown.newer;
  return unchanged ? shown : { messages, older, newer: read.newer };
}

function union(shown: readonly Message[], read: readonly Message[]): readonly Message[] {
  const uuids = new Set(shown.map(({ uuid }) => uuid));
  const added = read.filter(({ uuid }) => !uuids.has(uuid));
  if (added.length === 0) return shown;
  return [...shown, ...added].sort((a, b) => compareTimes(a.created_at, b.created_at));
}
