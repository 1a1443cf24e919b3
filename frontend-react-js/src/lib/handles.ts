/** What the API takes for a handle. */
const HANDLE = /^[a-z0-9_]{2,30}$/;

/** A handle as people write it, `@Londo`, in the one way in which Cruddur stores it, `londo`. */
export function normalizeHandle(text: string): string {
  return text.trim().replace(/^@/, '').toLowerCase();
}

/** Whether somebody can have the normalized handle. */
export function isHandle(handle: string): boolean {
  return HANDLE.test(handle);
}

/** What somebody signs in with: a handle in any writing, or an e-mail address, which stays as it is. */
export function normalizeUserName(text: string): string {
  const name = text.trim();
  return name.indexOf('@') > 0 ? name : normalizeHandle(name);
}
