import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionQuery, type Session } from '@/lib/auth/session';
import { stubApi } from '@/testing/api';
import { routes } from './router';

const signedIn: Session = {
  status: 'signed-in',
  user: { id: 'u1', handle: 'andrewbrown', displayName: 'Andrew Brown' },
};

beforeEach(() => {
  vi.stubGlobal('scrollTo', vi.fn());
  const api = stubApi();
  for (const list of ['/api/message_groups', '/api/activities/home', '/api/users/@londo/activities'])
    api.on(`GET ${list}`, () => []);
  api.on('GET /api/events', () => new Response(new ReadableStream()));
  api.on('GET /api/users/@londo/short', () => ({
    uuid: '3',
    handle: 'londo',
    display_name: 'Londo Mollari',
  }));
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

  it.each(['/londo', '/a/b/c'])('%s keeps the navigation', async (address) => {
    open(address, signedIn);
    await screen.findByRole('heading', { name: 'There is nothing at this address' });
    screen.getByRole('navigation', { name: 'Main' });
    expect(screen.getAllByRole('main')).toHaveLength(1);
  });

  it('that do not exist say so without a session too', async () => {
    open('/londo', { status: 'signed-out', reason: 'none' });
    await screen.findByRole('heading', { name: 'There is nothing at this address' });
  });
});
