/**
 * What one person leaves in this tab: drafts, unsent messages, places. It stays over a reload. `sessionStorage` may be full or
 * forbidden; what it does not take is kept until the page is left.
 */
export interface PersonalStorage {
  get: (name: string) => string | undefined;
  /** @param value undefined removes it */
  set: (name: string, value: string | undefined) => void;
}

const PREFIX = 'cruddur.';
const SIGNED_OUT = 'cruddur.signed-out';

/** What `sessionStorage` does not take. */
const memory = new Map<string, string>();

/** People who have signed out: an attempt that ends later must not store their words again. */
const forgotten = new Set<string>();

export function personalStorage(userId: string): PersonalStorage {
  const keyOf = (name: string) => `${PREFIX}${userId}.${name}`;
  return {
    get: (name) => read(keyOf(name)),
    set: (name, value) => {
      if (!forgotten.has(userId)) write(keyOf(name), value);
    },
  };
}

/**
 * The person who signed out last on this browser; undefined while somebody is signed in. Other tabs, and those opened later,
 * still have to remove what the person left.
 */
export const whoSignedOut = {
  get: () => attempt(() => localStorage.getItem(SIGNED_OUT) ?? undefined),
  set: (userId: string | undefined) =>
    attempt(() =>
      userId === undefined ? localStorage.removeItem(SIGNED_OUT) : localStorage.setItem(SIGNED_OUT, userId),
    ),
};

/** Removes everything of a person, and stores nothing more of theirs until they sign in again. */
export function forgetPerson(userId: string | undefined): void {
  if (userId === undefined) return;
  forgotten.add(userId);
  removeAll((key) => key.startsWith(`${PREFIX}${userId}.`));
}

/**
 * Lets a person who signs in store things, and removes everything of anybody else.
 * @returns whether somebody else was here before
 */
export function admitPerson(userId: string): boolean {
  forgotten.delete(userId);
  const removed = removeAll((key) => key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${userId}.`));
  personalStorage(userId).set('here', 'yes');
  return removed > 0;
}

function read(key: string): string | undefined {
  return memory.get(key) ?? attempt(() => sessionStorage.getItem(key) ?? undefined);
}

function write(key: string, value: string | undefined): void {
  memory.delete(key);
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    if (value === undefined) return;
    // An earlier value must not come back after a reload.
    attempt(() => sessionStorage.removeItem(key));
    memory.set(key, value);
  }
}

function removeAll(matches: (key: string) => boolean): number {
  const stored = attempt(() => Object.keys(sessionStorage)) ?? [];
  const keys = [...memory.keys(), ...stored].filter(matches);
  for (const key of keys) write(key, undefined);
  return keys.length;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
