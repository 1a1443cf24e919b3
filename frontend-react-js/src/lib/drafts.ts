import { useCallback, useSyncExternalStore } from 'react';
import { useUser } from './auth/session';
import { personalStorage } from './storage';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function nameOf(purpose: string): string {
  return `draft.${purpose}`;
}

export function readDraft(userId: string, purpose: string): string {
  return personalStorage(userId).get(nameOf(purpose)) ?? '';
}

export function writeDraft(userId: string, purpose: string, text: string): void {
  personalStorage(userId).set(nameOf(purpose), text || undefined);
  for (const listener of listeners) listener();
}

/** Gives a text that is being written another purpose. What is written for that one already stays before it. */
export function moveDraft(userId: string, from: string, to: string): void {
  const text = readDraft(userId, from);
  if (!text) return;
  writeDraft(userId, from, '');
  writeDraft(userId, to, [readDraft(userId, to), text].filter(Boolean).join('\n'));
}

/**
 * Text that is being written, kept for this tab: leaving the page or reloading it loses nothing.
 * @param purpose what the text is for
 */
export function useDraft(purpose: string): [text: string, change: (text: string) => void] {
  const { id } = useUser();
  const text = useSyncExternalStore(subscribe, () => readDraft(id, purpose));
  const change = useCallback((next: string) => writeDraft(id, purpose, next), [id, purpose]);
  return [text, change];
}

/** Removes a draft. The component is not rendered with each change of the text. */
export function useClearDraft(purpose: string): () => void {
  const { id } = useUser();
  return useCallback(() => writeDraft(id, purpose, ''), [id, purpose]);
}
