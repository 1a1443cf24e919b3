import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getPage, openStream, post } from '@/lib/api/client';
import { ApiError, UnreachableError } from '@/lib/api/errors';
import type { SentMessage } from '@/lib/api/types';
import { renderSignedIn } from '@/testing/render';
import { MessagesProvider } from '../messages-provider';
import { Conversation } from './conversation';

vi.mock('@/lib/api/client');

const GROUP = '5ae290ed-55d1-47a0-bc6d-fe2bc2700399';

function message(uuid: string, handle: string, text: string, minute: number): SentMessage {
  const created_at = `2026-11-22T15:${String(minute).padStart(2, '0')}:00.000000+00:00`;
  const display_name = handle === 'bayko' ? 'Andrew Bayko' : 'Andrew Brown';
  return { uuid, message_group_uuid: GROUP, handle, display_name, message: text, created_at };
}

const stored = [
  message('1', 'andrewbrown', 'Have you ever watched Babylon 5?', 10),
  message('2', 'bayko', 'Yes, I have!', 11),
];
const head = {
  uuid: GROUP,
  handle: 'bayko',
  display_name: 'Andrew Bayko',
  message: '',
  created_at: '2026-11-22T15:11:00+00:00',
};

/** Writes into the event stream that the page has open. */
let events: ReadableStreamDefaultController<Uint8Array>;
function arrive(type: string, data: unknown) {
  events.enqueue(new TextEncoder().encode(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
}

/** Answers the requests of the page: the list of conversations, and the messages of any of them. */
function answer(messages: () => Promise<SentMessage[]>) {
  vi.mocked(getPage).mockImplementation(async (path) => {
    const items = path === '/api/message_groups' ? [head] : await messages();
    return { items: items, next: undefined };
  });
}

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  Element.prototype.scrollTo = vi.fn();
  answer(() => Promise.resolve(stored));
  vi.mocked(openStream).mockImplementation(() =>
    Promise.resolve(new ReadableStream({ start: (controller) => void (events = controller) })),
  );
});

async function setUp() {
  renderSignedIn(
    <MessagesProvider>
      <Conversation messageGroupUuid={GROUP} />
    </MessagesProvider>,
  );
  const list = await screen.findByRole('list', { name: 'Conversation' });
  return {
    user: userEvent.setup(),
    texts: () =>
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    input: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }),
  };
}

describe('Conversation', () => {
  it('shows who it is with and the messages, oldest first', async () => {
    const { texts } = await setUp();
    screen.getByRole('heading', { name: 'Andrew Bayko', level: 1 });
    expect(texts()).toEqual([
      expect.stringContaining('Have you ever watched Babylon 5?'),
      expect.stringContaining('Yes, I have!'),
    ]);
  });

  it('shows a sent message once, also when it arrives live before the answer', async () => {
    const { user, input } = await setUp();
    const sent = message('3', 'andrewbrown', 'Faith manages.', 12);
    let accept: (sent: SentMessage) => void = () => undefined;
    vi.mocked(post).mockReturnValue(new Promise((resolve) => (accept = resolve)));

    await user.type(input, 'Faith manages.{Enter}');
    expect(input.value).toBe('');
    arrive('message', sent);
    arrive('message', message('4', 'bayko', 'Faith manages what?', 13));
    await screen.findByText('Faith manages what?');
    expect(screen.getAllByText('Faith manages.')).toHaveLength(1);

    accept(sent);
    await waitFor(() => expect(screen.queryByRole('article', { name: 'You, not sent yet' })).toBeNull());
    expect(screen.getAllByText('Faith manages.')).toHaveLength(1);
    expect(post).toHaveBeenCalledExactlyOnceWith(
      '/api/messages',
      { message: 'Faith manages.', message_group_uuid: GROUP },
      { idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    );
  });

  it('shows what arrives, and reads it out', async () => {
    const { texts } = await setUp();
    await waitFor(() => expect(events).toBeDefined());
    arrive('message', message('3', 'bayko', 'What is your favourite season?', 12));
    await waitFor(() => expect(texts()).toHaveLength(3));
    screen.getByText('Andrew Bayko: What is your favourite season?');
  });

  it('fills the gap before a message of one’s own when events flow again', async () => {
    const { user, texts, input } = await setUp();
    const missed = message('3', 'bayko', 'Did you get that?', 12);
    const own = message('4', 'andrewbrown', 'Hello?', 13);
    events.close();
    answer(() => Promise.resolve([...stored, missed, own]));
    vi.mocked(post).mockResolvedValueOnce(own);
    await user.type(input, 'Hello?{Enter}');
    await waitFor(() => expect(texts()).toHaveLength(4), { timeout: 4000 });
    expect(texts()[2]).toContain('Did you get that?');
  });

  it('keeps what could not be sent, and sends it under the same key', async () => {
    const { user, input } = await setUp();
    vi.mocked(post).mockRejectedValueOnce(new UnreachableError(new TypeError('Failed to fetch')));
    await user.type(input, 'Faith manages.{Enter}');
    await screen.findByText(/^Not sent yet/);

    vi.mocked(post).mockResolvedValueOnce(message('3', 'andrewbrown', 'Faith manages.', 12));
    await user.click(screen.getByRole('button', { name: 'Send now' }));
    await waitFor(() => expect(screen.queryByText(/^Not sent yet/)).toBeNull());
    const keys = vi.mocked(post).mock.calls.map(([, , options]) => options?.idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('shows what waits to be sent while the messages have not come', async () => {
    answer(() => new Promise(() => undefined));
    vi.mocked(post).mockRejectedValueOnce(new UnreachableError(new TypeError('Failed to fetch')));
    renderSignedIn(
      <MessagesProvider>
        <Conversation messageGroupUuid={GROUP} />
      </MessagesProvider>,
    );
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Faith manages.{Enter}');

    const list = await screen.findByRole('list', { name: 'Conversation' });
    await within(list).findByText(/^Not sent yet/);
    screen.getByText('Loading messages…');
  });

  it('says so when there is no such conversation', async () => {
    answer(() => Promise.reject(new ApiError(404)));
    renderSignedIn(
      <MessagesProvider>
        <Conversation messageGroupUuid="nonsense" />
      </MessagesProvider>,
    );
    await screen.findByRole('heading', { name: 'This conversation does not exist' });
  });
});
