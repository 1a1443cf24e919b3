import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportReachable } from '@/lib/api/connection';
import { ConnectionBanner } from './connection-banner';

describe('the connection banner', () => {
  afterEach(() => reportReachable(true));

  it('refreshes what is on the page once the API is back, whoever noticed', () => {
    const queryClient = new QueryClient();
    const refresh = vi.spyOn(queryClient, 'invalidateQueries');
    render(
      <QueryClientProvider client={queryClient}>
        <ConnectionBanner />
      </QueryClientProvider>,
    );

    act(() => reportReachable(false));
    expect(screen.getByText(/cannot be reached/)).toBeTruthy();
    expect(refresh).not.toHaveBeenCalled();

    act(() => reportReachable(true));
    expect(screen.queryByText(/cannot be reached/)).toBeNull();
    expect(refresh).toHaveBeenCalledOnce();
  });
});
