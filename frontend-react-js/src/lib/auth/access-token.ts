/**
 * The access token of the signed-in person, renewed when it is about to expire; undefined when nobody is signed in. Amplify is
 * loaded on the first call, so that pages which need no session do without it.
 * @param refused a token that the API did not accept, and that is renewed whatever it says about its expiry
 * @throws {AuthError} when the token has to be renewed and Cognito cannot do that at the moment.
 */
export async function getAccessToken(refused?: string): Promise<string | undefined> {
  const { accessToken } = await import('./cognito');
  return accessToken(refused);
}
