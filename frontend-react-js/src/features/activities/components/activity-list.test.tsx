import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { del, getPage, post, put } from '@/lib/api/client';
import { ApiError, UnreachableError } from '@/lib/api/errors';
import type { Activity } from '@/lib/api/types';
import { renderSignedIn } from '@/testing/render';
import { useHomeActivities } from '../api/get-home-activities';
import { ActivityComposer } from './activity-composer';
import { ActivityList } from './activity-list';

vi.mock('@/lib/api/client');

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

/** Answers of the lists, by the path of a page. */
let pages: Record<string, { items: Activity[]; next?: string }>;

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
  pages = { '/api/activities/home': { items: [activity('1', 'My shoes are too tight.')] } };
  vi.mocked(getPage).mockImplementation((path) => {
    const page = pages[path];
    return page
      ? Promise.resolve({ items: page.items as never[], next: page.next })
      : Promise.reject(new ApiError(404));
  });
});

function Home() {
  return (
    <>
      <ActivityComposer />
      <ActivityList list={useHomeActivities()} label="Cruds" empty="Nothing." />
    </>
  );
}

async function setUp() {
  renderSignedIn(<Home />);
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
    pages['/api/activities/home'] = {
      items: [
        activity('1', 'Gone.', { expires_at: at(-1000) }),
        activity('2', 'Goes.', { expires_at: at(3 * HOUR - 1000) }),
        activity('3', 'Stays.'),
      ],
    };
    const { texts } = await setUp();
    expect(texts()).toEqual([
      'LMLondo Mollari@londo1hexpires in 3 hoursGoes.Replies Like ',
      'LMLondo Mollari@londo1hStays.Replies Like ',
    ]);
  });

  it('goes on with older ones, and shows what two pages share once', async () => {
    pages['/api/activities/home'] = { items: [activity('1', 'One.'), activity('2', 'Two.')], next: '/older' };
    pages['/older'] = { items: [activity('2', 'Two.'), activity('3', 'Three.')] };
    const { user, texts } = await setUp();
    await user.click(screen.getByRole('button', { name: 'Show older cruds' }));
    await waitFor(() => expect(texts()).toHaveLength(3));
    expect(screen.queryByRole('button', { name: 'Show older cruds' })).toBeNull();
  });

  it('says what went wrong and tries again', async () => {
    vi.mocked(getPage).mockRejectedValueOnce(new ApiError(500));
    renderSignedIn(<Home />);
    await screen.findByRole('heading', { name: 'Cruds did not load' });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('My shoes are too tight.');
  });
});

describe('a like', () => {
  it('shows at once, then as the API counts it', async () => {
    const { user, like } = await setUp();
    let answer: (activity: Activity) => void = () => undefined;
    vi.mocked(put).mockReturnValue(new Promise((resolve) => (answer = resolve)));
    await user.click(like());
    expect(like().getAttribute('aria-pressed')).toBe('true');
    expect(like().textContent).toBe('Like 1');
    answer(activity('1', 'My shoes are too tight.', { liked: true, likes_count: 5 }));
    await waitFor(() => expect(like().textContent).toBe('Like 5'));
    expect(vi.mocked(put).mock.calls).toEqual([['/api/activities/1/like']]);
  });

  it('is undone when the API does not take it', async () => {
    const { user, like } = await setUp();
    vi.mocked(put).mockRejectedValue(new UnreachableError(new TypeError('Failed to fetch')));
    await user.click(like());
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Not liked\./);
    expect(like().getAttribute('aria-pressed')).toBe('false');
    expect(like().textContent).toBe('Like ');
  });

  it('can be taken back before its answer is there; the last press decides', async () => {
    const { user, like } = await setUp();
    let answer: (activity: Activity) => void = () => undefined;
    vi.mocked(put).mockReturnValue(new Promise((resolve) => (answer = resolve)));
    vi.mocked(del).mockResolvedValue(activity('1', 'My shoes are too tight.'));
    await user.click(like());
    await user.click(like());
    expect(like().getAttribute('aria-pressed')).toBe('false');
    expect(del).not.toHaveBeenCalled();
    answer(activity('1', 'My shoes are too tight.', { liked: true, likes_count: 1 }));
    await waitFor(() => expect(del).toHaveBeenCalledOnce());
    expect(like().getAttribute('aria-pressed')).toBe('false');
  });
});

describe('a new crud', () => {
  it('goes to the top of the list, with the lifetime that was chosen', async () => {
    const { user, texts } = await setUp();
    vi.mocked(post).mockResolvedValue(activity('2', 'Great hopes.', { handle: 'andrewbrown' }));
    await user.type(screen.getByRole('textbox', { name: 'New crud' }), 'Great hopes.');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Gone after' }), '3 days');
    await user.click(screen.getByRole('button', { name: 'Post' }));
    await waitFor(() => expect(texts()).toHaveLength(2));
    expect(texts()[0]).toContain('Great hopes.');
    expect(vi.mocked(post).mock.calls).toEqual([
      ['/api/activities', { message: 'Great hopes.', ttl: '3-days' }],
    ]);
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New crud' }).value).toBe('');
  });

  it('keeps its text when it could not be posted, and is not posted again by itself', async () => {
    const { user } = await setUp();
    vi.mocked(post).mockRejectedValue(new ApiError(503));
    const input = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New crud' });
    await user.type(input, 'Great hopes.');
    await user.click(screen.getByRole('button', { name: 'Post' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Not posted\./);
    expect(input.value).toBe('Great hopes.');
    expect(post).toHaveBeenCalledOnce();
  });
});

describe('replies', () => {
  it('open below a crud, and one more is counted there', async () => {
    pages['/api/activities/1/replies'] = { items: [] };
    const { user } = await setUp();
    const toggle = screen.getByRole('button', { name: /^Replies/ });
    await user.click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    await screen.findByText('No replies yet. Write the first one.');

    vi.mocked(post).mockResolvedValue(activity('2', 'Then dance barefoot.', { reply_to_activity_uuid: '1' }));
    await user.type(screen.getByRole('textbox', { name: 'Your reply' }), 'Then dance barefoot.');
    await user.click(screen.getByRole('button', { name: 'Reply' }));
    const replies = await screen.findByRole('list', { name: 'Replies' });
    within(replies).getByText('Then dance barefoot.');
    expect(toggle.textContent).toBe('Replies 1');
    expect(vi.mocked(post).mock.calls).toEqual([
      ['/api/activities/1/reply', { message: 'Then dance barefoot.' }],
    ]);
  });
});
