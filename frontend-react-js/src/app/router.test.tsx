import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { get, getPage, openStream } from '@/lib/api/client';
import { ApiError } from '@/lib/api/errors';
import { sessionQuery, type Session } from '@/lib/auth/session';
import { routes } from './router';

vi.mock('@/lib/api/client');
vi.mock('@/config/env', () => ({ env: () => ({ cognito: {} }) }));

const signedIn: Session = {
  status: 'signed-in',
  user: { id: 'u1', handle: 'andrewbrown', displayName: 'Andrew Brown' },
};

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('scrollTo', vi.fn());
  vi.mocked(getPage).mockResolvedValue({ items: [], next: undefined });
  vi.mocked(openStream).mockResolvedValue(new ReadableStream());
  vi.mocked(get).mockImplementation((path) => {
    if (path === '/api/users/@londo/short')
      return Promise.resolve({ uuid: '3', handle: 'londo', display_name: 'Londo Mollari' } as never);
    return path.startsWith('/api/users/') ? Promise.reject(new ApiError(404)) : Promise.resolve([] as never);
  });
});

function open(address: string, session: Session) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queryClient.setQueryData(sessionQuery().queryKey, session);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return router;
}

describe('addresses', () => {
  it.each([
    ['/', 'Home'],
    ['/@londo', 'Londo Mollari'],
    ['/@nobody', 'Nobody goes by @nobody'],
    ['/londo', 'There is nothing at this address'],
    ['/a/b/c', 'There is nothing at this address'],
  ])('%s shows "%s"', async (address, name) => {
    open(address, signedIn);
    await screen.findByRole('heading', { name, level: 1 }, { timeout: 5000 });
  });

  it.each([
    ['/@londo', '?return_to=%2F%40londo'],
    ['/', ''],
  ])('%s without a session leads to sign in, and back', async (address, search) => {
    const router = open(address, { status: 'signed-out', reason: 'none' });
    await vi.waitFor(() => expect(router.state.location).toMatchObject({ pathname: '/signin', search }));
  });

  it('that do not exist say so without a session too', async () => {
    open('/londo', { status: 'signed-out', reason: 'none' });
    await screen.findByRole('heading', { name: 'There is nothing at this address' });
  });
});
