import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { api, dataOf } from '@/lib/api/client';
import { acceptHandle, endSession, useUser } from '@/lib/auth/session';
import { AuthForm, AuthNotice, textOf } from './auth-form';
import { HandleField } from './handle-field';

/** Replaces the handle of a fresh account that somebody else has already: first in Cognito, then in Cruddur. */
export function ChooseHandleForm() {
  const queryClient = useQueryClient();
  const me = useUser();
  const attempt = useMutation({
    mutationFn: async (handle: string) => {
      const { changeHandle } = await import('@/lib/auth/cognito');
      await changeHandle(handle);
      return dataOf(api().PUT('/api/users/me'));
    },
    onSuccess: (user) => acceptHandle(queryClient, user.handle),
  });

  return (
    <>
      <AuthNotice>
        @{me.handle} belongs to somebody else, or cannot be a handle. Your account is fine; it only needs
        another one.
      </AuthNotice>
      <AuthForm
        action="choose-handle"
        attempt={attempt}
        onSubmit={(data) => attempt.mutate(textOf(data, 'handle'))}
        submit="Use this handle"
        submitting="Checking…"
      >
        <HandleField autoFocus />
      </AuthForm>
      <Button variant="quiet" onClick={() => void endSession(queryClient, 'signed-out')}>
        Sign out
      </Button>
    </>
  );
}
