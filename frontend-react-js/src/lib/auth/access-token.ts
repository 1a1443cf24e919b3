/**
 * The access token of the signed-in person, refreshed when it is about to expire; undefined when nobody is
 * signed in. Amplify is loaded on the first call, so that pages which need no session do without it.
 */
export async function getAccessToken(): Promise<string | undefined> {
  const { accessToken } = await import('./cognito');
  return accessToken();
}
