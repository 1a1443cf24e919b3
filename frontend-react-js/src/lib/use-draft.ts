import { useState } from 'react';
import { useUser } from './auth/session';

/**
 * Text that is being written, kept for this tab: leaving the page or reloading it loses nothing.
 * @param purpose what the text is for; a component that changes it needs a `key` of the same value
 */
export function useDraft(purpose: string) {
  const key = `cruddur.draft.${useUser().id}.${purpose}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');

  const change = (next: string) => {
    setText(next);
    if (next) sessionStorage.setItem(key, next);
    else sessionStorage.removeItem(key);
  };
  return { text, change, clear: () => change('') };
}
