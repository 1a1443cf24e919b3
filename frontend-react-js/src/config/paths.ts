/** Every address of the app, so that no component spells one. Parameters are encoded here. */
export const paths = {
  home: '/',
  profile: (handle: string) => `/@${encodeURIComponent(handle)}`,
  messages: '/messages',
  newMessage: (handle: string) => `/messages/new/${encodeURIComponent(handle)}`,
  conversation: (messageGroupUuid: string) => `/messages/${encodeURIComponent(messageGroupUuid)}`,
  signIn: ({ returnTo, expired = false }: { returnTo?: string | undefined; expired?: boolean } = {}) =>
    withQuery('/signin', { return_to: returnTo, expired: expired ? '1' : undefined }),
  signUp: (returnTo?: string) => withQuery('/signup', { return_to: returnTo }),
  confirm: (returnTo?: string) => withQuery('/confirm', { return_to: returnTo }),
  forgot: (returnTo?: string) => withQuery('/forgot', { return_to: returnTo }),
} as const;

function withQuery(pathname: string, values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  return query.size > 0 ? `${pathname}?${query.toString()}` : pathname;
}

/** The `return_to` of a sign-in address if it stays inside this app, else the front door. */
export function safeReturnTo(value: string | null): string {
  if (!value) return paths.home;
  // "//host" and "/\host" leave the site in a browser although they begin with a slash.
  return /^\/(?![/\\])/.test(value) ? value : paths.home;
}
