import type { KeyboardEvent } from 'react';

/**
 * Whether a key belongs to an input method, which composes text with it: its Enter chooses a word and its arrows move between
 * words. Safari has ended the composition when it reports that Enter, and says so with key code 229 only.
 */
export function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells in Safari
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}
