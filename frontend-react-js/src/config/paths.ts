/** Every address of the app, so that no component spells one. Parameters are encoded here. */
export const paths = {
  home: '/',
  profile: (handle: string) => `/@${encodeURIComponent(handle)}`,
  messages: '/messages',
  newMessage: (handle: string) => `/messages/new/${encodeURIComponent(handle)}`,
  conversation: (messageGroupUuid: string) => `/messages/${encodeURIComponent(messageGroupUuid)}`,
  signIn: (options: { returnTo?: string; expired?: boolean } = {}) => {
    const query = new URLSearchParams();
    if (options.returnTo) query.set('return_to', options.returnTo);
    if (options.expired) query.set('expired', '1');
    return query.size > 0 ? `/signin?${query.toString()}` : '/signin';
  },
  signUp: '/signup',
  confirm: '/confirm',
  forgot: '/forgot',
} as const;

/** The `return_to` of a sign-in address if it stays inside this app, else the front door. */
export function safeReturnTo(value: string | null): string {
  if (!value) return paths.home;
  // "//host" and "/\host" leave the site in a browser although they begin with a slash.
  return /^\/(?![/\\])/.test(value) ? value : paths.home;
}
