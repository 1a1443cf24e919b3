import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { sessionQuery, type Session } from '@/lib/auth/session';

const session: Session = {
  status: 'signed-in',
  user: { id: 'u1', handle: 'andrewbrown', displayName: 'Andrew Brown' },
};

/**
 * Renders something as Andrew Brown would see it.
 * @returns the cache, where the router is, and how to leave the page
 */
export function renderSignedIn(children: ReactNode) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queryClient.setQueryData(sessionQuery().queryKey, session);
  const router = createMemoryRouter([{ path: '*', element: children }]);
  const { unmount } = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { queryClient, unmount, location: () => router.state.location.pathname };
}
