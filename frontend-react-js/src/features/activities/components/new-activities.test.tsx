import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { skipToken, useQuery, type QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Activity } from '@/lib/api/types';
import { renderSignedIn } from '@/testing/render';
import { NewActivities } from './new-activities';

const crud = (minute: number, handle = 'londo') =>
  ({ handle, created_at: `2026-11-22T15:${minute}:00.000000+00:00` }) as Activity;

function Home() {
  const { data } = useQuery<Activity[]>({ queryKey: ['cruds'], queryFn: skipToken });
  return <NewActivities activities={data} />;
}

let queryClient: QueryClient;

async function show(...activities: Activity[]) {
  await act(async () => {
    queryClient.setQueryData(['cruds'], activities);
    // The cache tells its components in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
  });
}

function scrollTo(top: number) {
  act(() => {
    window.scrollY = top;
    window.dispatchEvent(new Event('scroll'));
  });
}

beforeEach(() => {
  vi.stubGlobal(
    'scrollTo',
    vi.fn(({ top }: ScrollToOptions) => scrollTo(top ?? 0)),
  );
  ({ queryClient } = renderSignedIn(<Home />));
});

afterEach(() => {
  window.scrollY = 0;
});

const said = () => screen.getByRole('status').textContent;

it('New cruds of others are counted while the reader is below, and forgotten at the top', async () => {
  await show(crud(10));
  scrollTo(1000);
  await show(crud(13), crud(12, 'andrewbrown'), crud(11), crud(10));
  expect(said()).toBe('2 new cruds');
  await userEvent.click(screen.getByRole('button', { name: '2 new cruds' }));
  expect(said()).toBe('');
  scrollTo(1000);
  expect(said()).toBe('');
});

it('New cruds that come into sight are not counted', async () => {
  await show(crud(10));
  await show(crud(11), crud(10));
  expect(said()).toBe('');
});

it('The first cruds are not new', async () => {
  scrollTo(1000);
  await show(crud(10));
  expect(said()).toBe('');
});
