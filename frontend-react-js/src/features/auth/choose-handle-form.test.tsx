import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changeHandle } from '@/lib/auth/cognito';
import { useSession } from '@/lib/auth/session';
import { problem, stubApi } from '@/testing/api';
import { renderSignedIn } from '@/testing/render';
import { ChooseHandleForm } from './choose-handle-form';

vi.mock('@/lib/auth/cognito', () => ({ changeHandle: vi.fn() }));

const me = { uuid: '1', handle: 'emperor', display_name: 'Andrew Brown' };

let api: ReturnType<typeof stubApi>;

beforeEach(() => {
  api = stubApi();
  api.on('PUT /api/users/me', () => me);
  vi.mocked(changeHandle).mockResolvedValue(undefined);
});

function Page() {
  const { data } = useSession();
  return (
    <>
      <output>{data?.status === 'signed-in' && data.user.handle}</output>
      <ChooseHandleForm />
    </>
  );
}

async function choose(handle: string) {
  const user = userEvent.setup();
  await user.clear(screen.getByRole('textbox', { name: 'Handle' }));
  await user.type(screen.getByRole('textbox', { name: 'Handle' }), handle);
  await user.click(screen.getByRole('button', { name: 'Use this handle' }));
}

describe('ChooseHandleForm', () => {
  it('tells Cognito, then registers, and goes on under the new handle', async () => {
    renderSignedIn(<Page />);
    await choose('emperor');
    await waitFor(() => expect(document.querySelector('output')?.textContent).toBe('emperor'));
    expect(vi.mocked(changeHandle).mock.calls).toEqual([['emperor']]);
    expect(api.requests().map(({ line }) => line)).toEqual(['PUT /api/users/me']);
  });

  it('says that this one is taken too, and takes another', async () => {
    api.on('PUT /api/users/me', () => problem(409, ['user_handle_taken']));
    renderSignedIn(<Page />);
    await choose('londo');
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Somebody else has that handle/);
    api.on('PUT /api/users/me', () => me);
    await choose('emperor');
    await waitFor(() => expect(document.querySelector('output')?.textContent).toBe('emperor'));
  });
});
