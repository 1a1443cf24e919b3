import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import * as cognito from '@/lib/auth/cognito';
import { sessionQuery, type Session } from '@/lib/auth/session';
import { stubApi } from '@/testing/api';
import { routes } from './router';

vi.mock('@/lib/auth/cognito', () => ({
  currentUser: vi.fn(() => Promise.resolve({ id: 'u1', handle: 'new', displayName: 'New' })),
  signIn: vi.fn(() => Promise.resolve('done')),
  signUp: vi.fn(() => Promise.resolve()),
  confirmSignUp: vi.fn(() => Promise.resolve(true)),
  requestPasswordReset: vi.fn(() => Promise.resolve()),
}));

const user = userEvent.setup();
let api: ReturnType<typeof stubApi>;

beforeEach(() => {
  vi.stubGlobal('scrollTo', vi.fn());
  api = stubApi();
  api.on('PUT /api/users/me', () => ({}));
  api.on('GET /api/message_groups', () => []);
  api.on('GET /api/activities/home', () => []);
});

async function open(address: string, heading: string) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const session: Session = { status: 'signed-out', reason: 'none' };
  queryClient.setQueryData(sessionQuery().queryKey, session);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await screen.findByRole('heading', { name: heading }, { timeout: 5000 });
  return router;
}

const press = (name: string) => user.click(screen.getByRole('button', { name }));

describe('Signing in', () => {
  it.each(['Londo', '@londo', ' LONDO '])('takes the handle written as "%s"', async (name) => {
    await open('/signin', 'Sign in to Cruddur');
    await user.type(screen.getByLabelText('Handle or e-mail'), name);
    await user.type(screen.getByLabelText('Password'), 'Testing1234!');
    await press('Sign in');
    expect(cognito.signIn).toHaveBeenCalledExactlyOnceWith('londo', 'Testing1234!');
  });

  it('to an account that is not confirmed says why it asks for a code', async () => {
    vi.mocked(cognito.signIn).mockResolvedValueOnce('confirm-account');
    await open('/signin', 'Sign in to Cruddur');
    await user.type(screen.getByLabelText('Handle or e-mail'), 'londo');
    await user.type(screen.getByLabelText('Password'), 'Testing1234!');
    await press('Sign in');
    await screen.findByRole('heading', { name: 'Confirm your account' });
    screen.getByText(/^This account is not confirmed yet/);
  });

  it('shows the password on demand', async () => {
    await open('/signin', 'Sign in to Cruddur');
    const password = screen.getByLabelText<HTMLInputElement>('Password');
    await press('Show password');
    expect(password.type).toBe('text');
    await press('Hide password');
    expect(password.type).toBe('password');
  });
});

describe('Signing up', () => {
  async function fillIn(password: string) {
    await user.type(screen.getByLabelText('Name'), 'New');
    await user.type(screen.getByLabelText('Handle'), 'new');
    await user.type(screen.getByLabelText('E-mail'), 'new@cruddur.example');
    await user.type(screen.getByLabelText('Password'), password);
    await press('Create account');
  }

  it.each(['short1!', 'nouppercase1!', 'NOLOWERCASE1!', 'NoDigits!', 'NoSymbol1'])(
    'does not take the password %s',
    async (password) => {
      await open('/signup', 'Create an account');
      await fillIn(password);
      expect(cognito.signUp).not.toHaveBeenCalled();
    },
  );

  it('leads to the page that was asked for, and registers before anything else', async () => {
    const router = await open('/messages', 'Sign in to Cruddur');
    await user.click(screen.getByRole('link', { name: 'Create an account' }));
    await screen.findByRole('heading', { name: 'Create an account' });
    await fillIn('Testing1234!');
    await screen.findByRole('heading', { name: 'Confirm your account' });
    await user.type(screen.getByLabelText('Code'), '123456');
    await press('Confirm');
    await waitFor(() => expect(router.state.location.pathname).toBe('/messages'));
    expect(api.requests()[0]?.line).toBe('PUT /api/users/me');
  });
});

describe('Recovering an account', () => {
  it('names the account, sends another code and takes another account', async () => {
    await open('/forgot', 'Recover your account');
    await user.type(screen.getByLabelText('Handle or e-mail'), 'Londo');
    await press('Send a code');
    expect((await screen.findByRole('status')).textContent).toBe('A code was sent for londo.');
    await press('Send a new code');
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toBe('A new code was sent for londo.'),
    );
    expect(vi.mocked(cognito.requestPasswordReset).mock.calls).toEqual([['londo'], ['londo']]);
    await press('Recover another account');
    screen.getByLabelText('Handle or e-mail');
  });
});
