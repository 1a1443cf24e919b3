import * as amplify from '@aws-amplify/auth';
import { AuthError } from '@aws-amplify/auth';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { accessToken, signOut } from './cognito';

vi.mock('@aws-amplify/auth', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  fetchAuthSession: vi.fn(),
  signOut: vi.fn(),
}));

const fetchAuthSession = vi.mocked(amplify.fetchAuthSession);

function session(token: string) {
  return { tokens: { accessToken: { toString: () => token, payload: { sub: 'u1' } } } };
}

function failure(name: string) {
  return new AuthError({ name, message: 'Cognito answered that.' });
}

describe('accessToken', () => {
  beforeEach(() => {
    fetchAuthSession.mockReset().mockResolvedValue(session('old'));
  });

  it.each(['TooManyRequestsException', 'InternalErrorException', 'LimitExceededException', 'NetworkError'])(
    'fails, and nobody is signed out, while Cognito answers %s',
    async (name) => {
      fetchAuthSession.mockRejectedValue(failure(name));
      await expect(accessToken('u1')).rejects.toMatchObject({ name });
    },
  );

  it.each(['NotAuthorizedException', 'TokenRevokedException', 'UserNotFoundException', 'Unsupported'])(
    'is undefined after %s',
    async (name) => {
      fetchAuthSession.mockRejectedValue(failure(name));
      expect(await accessToken('u1')).toBeUndefined();
    },
  );

  it('of somebody else is not given', async () => {
    expect(await accessToken('u2')).toBeUndefined();
    expect(await accessToken(undefined)).toBe('old');
  });

  it('is renewed when the API refused it', async () => {
    fetchAuthSession.mockImplementation((options) =>
      Promise.resolve(session(options?.forceRefresh ? 'new' : 'old')),
    );
    expect(await accessToken('u1', 'old')).toBe('new');
  });

  it('is not renewed when another request has renewed it already', async () => {
    expect(await accessToken('u1', 'even older')).toBe('old');
    expect(fetchAuthSession).toHaveBeenCalledOnce();
  });
});

describe('signOut', () => {
  it('keeps the session of another person who signed in from another tab', async () => {
    fetchAuthSession.mockResolvedValue(session('of u1'));
    await signOut('u2');
    expect(amplify.signOut).not.toHaveBeenCalled();
    await signOut('u1');
    expect(amplify.signOut).toHaveBeenCalledOnce();
  });

  it('works without Cognito', async () => {
    fetchAuthSession.mockRejectedValue(failure('NetworkError'));
    await signOut('u1');
    expect(amplify.signOut).toHaveBeenCalledOnce();
  });
});
