import { useState } from 'react';
import { useUser } from '@/lib/auth/session';

/**
 * Text that is being written, kept for this tab: leaving the conversation or reloading loses nothing.
 * @param conversation what the text is for; a component that changes it needs a `key` of the same value
 */
export function useDraft(conversation: string) {
  const key = `cruddur.draft.${useUser().id}.${conversation}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');

  const change = (next: string) => {
    setText(next);
    if (next) sessionStorage.setItem(key, next);
    else sessionStorage.removeItem(key);
  };
  return { text, change, clear: () => change('') };
}
