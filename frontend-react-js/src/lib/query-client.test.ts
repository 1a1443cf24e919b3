import { describe, expect, it } from 'vitest';
import { ApiError } from './api/errors';
import { acceptHandle, sessionQuery, type Session } from './auth/session';
import { createQueryClient } from './query-client';

describe('a refused handle', () => {
  it('marks the session, whichever request meets it, until another handle is accepted', async () => {
    const queryClient = createQueryClient();
    const user = { id: 'u1', handle: 'londo', displayName: 'New Comer' };
    const session: Session = { status: 'signed-in', user };
    queryClient.setQueryData(sessionQuery().queryKey, session);
    const now = () => queryClient.getQueryData(sessionQuery().queryKey);

    const refused = () => Promise.reject(new ApiError(409, ['user_handle_taken']));
    await expect(queryClient.query({ queryKey: ['any'], queryFn: refused })).rejects.toThrow();
    expect(now()).toEqual({ ...session, handleRefused: true });

    acceptHandle(queryClient, 'emperor');
    expect(now()).toEqual({ status: 'signed-in', user: { ...user, handle: 'emperor' } });
    expect(queryClient.getQueryState(['any'])).toBeUndefined();
  });
});
