import type { QueryClient } from '@tanstack/react-query';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '@/lib/api/types';
import { later, noConnection, page, problem, stubApi } from '@/testing/api';
import { renderSignedIn } from '@/testing/render';
import { useHomeActivities } from '../api/get-home-activities';
import { ActivityComposer } from './activity-composer';
import { ActivityList } from './activity-list';
import { Replies } from './replies';

const HOUR = 3_600_000;

function activity(uuid: string, message: string, more: Partial<Activity> = {}): Activity {
  return {
    uuid,
    message,
    handle: 'londo',
    display_name: 'Londo Mollari',
    replies_count: 0,
    reposts_count: 0,
    likes_count: 0,
    liked: false,
    reply_to_activity_uuid: null,
    expires_at: null,
    created_at: new Date(Date.now() - HOUR).toISOString(),
    ...more,
  };
}

let api: ReturnType<typeof stubApi>;
let queryClient: QueryClient;

function showAtHome(...activities: Activity[]) {
  api.on('GET /api/activities/home', () => page(activities));
}

beforeEach(() => {
  sessionStorage.clear();
  api = stubApi();
  showAtHome(activity('1', 'My shoes are too tight.'));
});

function Home() {
  return (
    <>
      <ActivityComposer />
      <ActivityList
        list={useHomeActivities()}
        label="Cruds"
        renderReplies={(activity) => <Replies activity={activity} />}
        empty="Nothing."
      />
    </>
  );
}

async function setUp() {
  ({ queryClient } = renderSignedIn(<Home />));
  const list = await screen.findByRole('list', { name: 'Cruds' });
  return {
    user: userEvent.setup(),
    list,
    texts: () =>
      within(list)
        .getAllByRole('article')
        .map((article) => article.textContent),
    like: () => screen.getByRole('button', { name: /^Like/ }),
  };
}

describe('the list of cruds', () => {
  it('says how long each stays, and leaves out what has expired meanwhile', async () => {
    const at = (offset: number) => new Date(Date.now() + offset).toISOString();
    showAtHome(
      activity('1', 'Gone.', { expires_at: at(-1000) }),
      activity('2', 'Goes.', { expires_at: at(3 * HOUR - 1000) }),
      activity('3', 'Stays.'),
    );
    const { texts } = await setUp();
    expect(texts()).toEqual([
      'LMLondo Mollari@londo1hexpires in 3 hoursGoes.Replies Like ',
      'LMLondo Mollari@londo1hStays.Replies Like ',
    ]);
  });

  it('isolates the direction of names and texts', async () => {
    showAtHome(activity('1', 'مرحبا', { display_name: 'لوندو' }));
    await setUp();
    expect(screen.getByText('مرحبا').dir).toBe('auto');
    expect(screen.getByText('لوندو').tagName).toBe('BDI');
  });

  it('goes on with older ones, and shows what two pages share once', async () => {
    const [one, two, three] = [activity('1', 'One.'), activity('2', 'Two.'), activity('3', 'Three.')];
    api.on('GET /api/activities/home', ({ query }) =>
      query.get('cursor') === 'c1' ? page([two, three]) : page([one, two], { older: 'c1' }),
    );
    const { user, texts } = await setUp();
    await user.click(screen.getByRole('button', { name: 'Show older cruds' }));
    await waitFor(() => expect(texts()).toHaveLength(3));
    expect(screen.queryByRole('button', { name: 'Show older cruds' })).toBeNull();
  });

  it('says what went wrong and tries again', async () => {
    api.on('GET /api/activities/home', () => problem(500));
    renderSignedIn(<Home />);
    await screen.findByRole('heading', { name: 'Cruds did not load' });
    showAtHome(activity('1', 'My shoes are too tight.'));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('My shoes are too tight.');
  });
});

describe('a like', () => {
  it('shows at once, then as the API counts it', async () => {
    const { user, like } = await setUp();
    const liked = later();
    api.on('PUT /api/activities/1/like', () => liked.promise);
    await user.click(like());
    expect(like().getAttribute('aria-pressed')).toBe('true');
    expect(like().textContent).toBe('Like 1');
    liked.give(activity('1', 'My shoes are too tight.', { liked: true, likes_count: 5 }));
    await waitFor(() => expect(like().textContent).toBe('Like 5'));
  });

  it('is undone when the API does not take it', async () => {
    const { user, like } = await setUp();
    api.on('PUT /api/activities/1/like', noConnection);
    await user.click(like());
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Not liked\./);
    expect(like().getAttribute('aria-pressed')).toBe('false');
    expect(like().textContent).toBe('Like ');
  });

  it('can be taken back before its answer is there; the last press decides', async () => {
    const { user, like } = await setUp();
    const liked = later();
    api.on('PUT /api/activities/1/like', () => liked.promise);
    api.on('DELETE /api/activities/1/like', () => activity('1', 'My shoes are too tight.'));
    await user.click(like());
    await user.click(like());
    expect(like().getAttribute('aria-pressed')).toBe('false');
    expect(api.requests('DELETE')).toEqual([]);
    liked.give(activity('1', 'My shoes are too tight.', { liked: true, likes_count: 1 }));
    await waitFor(() => expect(api.requests('DELETE')).toHaveLength(1));
    expect(like().getAttribute('aria-pressed')).toBe('false');
  });
});

describe('a new crud', () => {
  it('goes to the top of the list, with the lifetime that was chosen', async () => {
    const { user, texts } = await setUp();
    api.on('POST /api/activities', () => activity('2', 'Great hopes.', { handle: 'andrewbrown' }));
    await user.type(screen.getByRole('textbox', { name: 'New crud' }), 'Great hopes.');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Expires after' }), '3 days');
    await user.click(screen.getByRole('button', { name: 'Post' }));
    await waitFor(() => expect(texts()).toHaveLength(2));
    expect(texts()[0]).toContain('Great hopes.');
    expect(api.requests('POST').map(({ body }) => body)).toEqual([
      { message: 'Great hopes.', ttl: '3-days' },
    ]);
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New crud' }).value).toBe('');
  });

  it('has the lifetime that was chosen last, also after a reload', async () => {
    const { user } = await setUp();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Expires after' }), '3 days');
    cleanup();
    await setUp();
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Expires after' }).value).toBe('3-days');
  });

  it('stays in the list that was being read when it was posted', async () => {
    const { user, texts } = await setUp();
    const answer = later();
    api.on('GET /api/activities/home', () => answer.promise);
    act(() => void queryClient.refetchQueries({ queryKey: ['activities'] }));
    await waitFor(() => expect(api.requests('GET')).toHaveLength(2));
    api.on('POST /api/activities', () => activity('2', 'Great hopes.', { handle: 'andrewbrown' }));
    await user.type(screen.getByRole('textbox', { name: 'New crud' }), 'Great hopes.');
    await user.click(screen.getByRole('button', { name: 'Post' }));
    await waitFor(() => expect(texts()).toHaveLength(2));
    answer.give([activity('1', 'My shoes are too tight.')]);
    await waitFor(() => expect(queryClient.isFetching()).toBe(0));
    expect(texts()[0]).toContain('Great hopes.');
  });

  it('keeps its text when it could not be posted, and is not posted again by itself', async () => {
    const { user } = await setUp();
    api.on('POST /api/activities', () => problem(503));
    const input = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New crud' });
    await user.type(input, 'Great hopes.');
    await user.click(screen.getByRole('button', { name: 'Post' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Not posted\./);
    expect(input.value).toBe('Great hopes.');
    expect(api.requests('POST')).toHaveLength(1);
  });
});

describe('replies', () => {
  it('open below a crud, and one more is counted there', async () => {
    api.on('GET /api/activities/1/replies', () => page([]));
    const { user } = await setUp();
    const toggle = screen.getByRole('button', { name: /^Replies/ });
    await user.click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    await screen.findByText('No replies yet. Write the first one.');

    const posted = activity('2', 'Then dance barefoot.', { reply_to_activity_uuid: '1' });
    api.on('POST /api/activities/1/reply', () => posted);
    await user.type(screen.getByRole('textbox', { name: 'Your reply' }), 'Then dance barefoot.');
    await user.click(screen.getByRole('button', { name: 'Reply' }));
    const replies = await screen.findByRole('list', { name: 'Replies' });
    within(replies).getByText('Then dance barefoot.');
    expect(toggle.textContent).toBe('Replies 1');
    expect(api.requests('POST').map(({ body }) => body)).toEqual([{ message: 'Then dance barefoot.' }]);
  });
});
