import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiMonitor } from '@/lib/api/connection';
import { noConnection, problem, stubApi } from '@/testing/api';
import { ConnectionBanner } from './connection-banner';

describe('The connection banner', () => {
  let api: ReturnType<typeof stubApi>;

  beforeEach(() => {
    vi.useFakeTimers();
    api = stubApi();
  });

  afterEach(async () => {
    api.on('GET /health', () => new Response('Healthy'));
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
  });

  function setUp() {
    const queryClient = new QueryClient();
    const refresh = vi.spyOn(queryClient, 'invalidateQueries');
    render(
      <QueryClientProvider client={queryClient}>
        <ConnectionBanner />
      </QueryClientProvider>,
    );
    return refresh;
  }

  it('stays until the API is available, and then the page is refreshed once', async () => {
    const refresh = setUp();
    api.on('GET /health', noConnection);
    await act(() => apiMonitor.check());
    screen.getByText(/^Cruddur cannot be reached/);
    await act(() => vi.advanceTimersByTimeAsync(6_000));
    screen.getByText(/^Cruddur cannot be reached/);
    expect(refresh).not.toHaveBeenCalled();

    api.on('GET /health', () => new Response('Healthy'));
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.getByRole('status').textContent).toBe('');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it.each([
    ['one database is unavailable', () => new Response('Degraded')],
    ['the API is unhealthy', () => problem(503)],
  ])('says that a part is unavailable while %s', async (_, health) => {
    setUp();
    api.on('GET /health', health);
    await act(() => apiMonitor.check());
    screen.getByText(/^A part of Cruddur is unavailable/);
  });
});
