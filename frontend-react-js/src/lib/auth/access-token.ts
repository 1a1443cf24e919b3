let owner: string | undefined;

/** Notes who is signed in, undefined for nobody. Requests that begin from now on are sent as this person or not at all. */
export function setTokenOwner(userId: string | undefined): void {
  owner = userId;
}

/** Who is signed in, as far as this tab knows: another tab may have signed in somebody else. */
export function tokenOwner(): string | undefined {
  return owner;
}

/**
 * The access token of a person, renewed when it is about to expire; undefined when that person is not signed in. Amplify is
 * loaded on the first call, so that pages which need no session do without it.
 * @param userId whose token; anybody's where it is undefined
 * @param refused a token that the API did not accept, and that is renewed whatever it says about its expiry
 * @throws {AuthError} when the token has to be renewed and Cognito cannot do that at the moment.
 */
export async function getAccessToken(
  userId: string | undefined,
  refused?: string,
): Promise<string | undefined> {
  const { accessToken } = await import('./cognito');
  return accessToken(userId, refused);
}
