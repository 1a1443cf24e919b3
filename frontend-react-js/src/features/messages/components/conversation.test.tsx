import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SentMessage } from '@/lib/api/types';
import { clockTime } from '@/lib/time';
import { later, noConnection, page, problem, stubApi } from '@/testing/api';
import { renderSignedIn } from '@/testing/render';
import { MessagesProvider } from '../messages-provider';
import { Conversation } from './conversation';

// Each message that is rendered says its time.
vi.mock('@/lib/time', async (importOriginal) => {
  const time = await importOriginal<typeof import('@/lib/time')>();
  return { ...time, clockTime: vi.fn(time.clockTime) };
});

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
let events: ReadableStreamDefaultController<Uint8Array> | undefined;
function arrive(type: string, data: unknown) {
  events?.enqueue(new TextEncoder().encode(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
}

let api: ReturnType<typeof stubApi>;
const MESSAGES = `GET /api/messages/${GROUP}`;
const SEND = 'POST /api/messages';

beforeEach(() => {
  sessionStorage.clear();
  events = undefined;
  Element.prototype.scrollTo = vi.fn();
  api = stubApi();
  api.on('GET /health', () => new Response('Healthy'));
  api.on('GET /api/message_groups', () => [head]);
  api.on(MESSAGES, () => page(stored));
  api.on(
    'GET /api/events',
    () => new Response(new ReadableStream<Uint8Array>({ start: (stream) => void (events = stream) })),
  );
});

function renderConversation() {
  return renderSignedIn(
    <MessagesProvider>
      <Conversation messageGroupUuid={GROUP} />
    </MessagesProvider>,
  );
}

async function setUp() {
  const { queryClient } = renderConversation();
  const list = await screen.findByRole('list', { name: 'Conversation' });
  // The page catches up once when events begin to flow.
  await waitFor(() => expect(events).toBeDefined());
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
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
    const answer = later();
    api.on(SEND, () => answer.promise);

    await user.type(input, 'Faith manages.{Enter}');
    expect(input.value).toBe('');
    arrive('message', sent);
    arrive('message', message('4', 'bayko', 'Faith manages what?', 13));
    await screen.findByText('Faith manages what?');
    expect(screen.getAllByText('Faith manages.')).toHaveLength(1);

    answer.give(sent);
    await waitFor(() => expect(screen.queryByRole('article', { name: 'You, not sent yet' })).toBeNull());
    expect(screen.getAllByText('Faith manages.')).toHaveLength(1);
    const requests = api.requests(SEND);
    expect(requests.map(({ body }) => body)).toEqual([
      { message: 'Faith manages.', message_group_uuid: GROUP },
    ]);
    expect(requests[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
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
    events?.close();
    api.on(MESSAGES, () => page([...stored, missed, own]));
    api.on(SEND, () => own);
    await user.type(input, 'Hello?{Enter}');
    await waitFor(() => expect(texts()).toHaveLength(4), { timeout: 4000 });
    expect(texts()[2]).toContain('Did you get that?');
  });

  it('keeps what could not be sent, and sends it under the same key', async () => {
    const { user, input } = await setUp();
    api.on(SEND, noConnection);
    await user.type(input, 'Faith manages.{Enter}');
    await screen.findByText(/^Not sent yet/);

    api.on(SEND, () => message('3', 'andrewbrown', 'Faith manages.', 12));
    await user.click(screen.getByRole('button', { name: 'Send now' }));
    await waitFor(() => expect(screen.queryByText(/^Not sent yet/)).toBeNull());
    const keys = api.requests(SEND).map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('shows what waits to be sent while the messages have not come', async () => {
    api.on(MESSAGES, () => later().promise);
    api.on(SEND, noConnection);
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

  it('shows what the other person sends at the same time in the same words', async () => {
    const { user, input } = await setUp();
    const answer = later();
    api.on(SEND, () => answer.promise);
    await user.type(input, 'ok 1{Enter}');
    arrive('message', message('3', 'bayko', 'ok 1', 12));
    await waitFor(() => {
      const theirs = screen.getAllByRole('article', { name: /^Andrew Bayko/ }).at(-1);
      expect(theirs?.textContent).toContain('ok 1');
    });

    answer.give(message('4', 'andrewbrown', 'ok 1', 13));
    await waitFor(() => expect(screen.queryByRole('article', { name: 'You, not sent yet' })).toBeNull());
    expect(screen.getAllByText('ok 1')).toHaveLength(2);
  });

  it('shows both of one’s own messages when another tab sends the same words', async () => {
    const { user, input } = await setUp();
    const answer = later();
    api.on(SEND, () => answer.promise);
    await user.type(input, 'ok{Enter}');
    const mine = message('4', 'andrewbrown', 'ok', 13);
    arrive('message', message('3', 'andrewbrown', 'ok', 12));
    arrive('message', mine);
    await waitFor(() => expect(screen.getAllByText('ok')).toHaveLength(2));
    answer.give(mine);
    await waitFor(() => expect(screen.queryByRole('article', { name: 'You, not sent yet' })).toBeNull());
    expect(screen.getAllByText('ok')).toHaveLength(2);
  });

  it('reads only what is new when events flow again, and keeps what is loaded', async () => {
    const missed = message('3', 'bayko', 'Did you get that?', 12);
    api.on(MESSAGES, ({ query }) => page(query.has('cursor') ? [] : stored, { newer: 'after 2' }));
    const { texts } = await setUp();
    api.on(MESSAGES, ({ query }) => page(query.has('cursor') ? [missed] : [], { newer: 'after 3' }));
    const before = api.requests(MESSAGES).length;
    arrive('reset', {});
    await waitFor(() => expect(texts()).toHaveLength(3));
    expect(api.requests(MESSAGES)).toHaveLength(before + 1);
    expect(api.requests(MESSAGES).at(-1)?.query.get('cursor')).toBe('after 2');
  });

  it('reads everything again when the data may have been replaced', async () => {
    api.on(MESSAGES, ({ query }) => page(query.has('cursor') ? [] : stored, { newer: 'after 2' }));
    await setUp();
    api.on(MESSAGES, ({ query }) =>
      page(query.has('cursor') ? [] : stored.slice(0, 1), { newer: 'after 1' }),
    );
    arrive('reload', {});
    await waitFor(() => expect(screen.queryByText('Yes, I have!')).toBeNull());
    await screen.findByText('Have you ever watched Babylon 5?');
  });

  it('asks for nothing when the API sends again what was missed', async () => {
    const { texts } = await setUp();
    const before = api.requests().length;
    for (let number = 3; number < 33; number++) {
      const text = `Missed ${number}`;
      arrive('message', message(String(number), 'bayko', text, 12 + number));
      arrive('message_group', {
        ...head,
        message: text,
        created_at: message('', '', '', 12 + number).created_at,
      });
    }
    await waitFor(() => expect(texts()).toHaveLength(32));
    expect(api.requests().slice(before)).toEqual([]);
  });

  it('catches up and loads older messages at the same time', async () => {
    const [older, newer] = [later(), later()];
    let isLate = false;
    api.on(MESSAGES, ({ query }) => {
      if (query.get('cursor') === 'before 1') return older.promise;
      if (query.get('cursor') === 'after 2') return isLate ? newer.promise : page([], { newer: 'after 2' });
      return page(stored, { older: 'before 1', newer: 'after 2' });
    });
    const { user, texts } = await setUp();
    isLate = true;
    await user.click(screen.getByRole('button', { name: 'Show older messages' }));
    arrive('reset', {});
    await waitFor(() => expect(api.requests(MESSAGES).at(-1)?.query.get('cursor')).toBe('after 2'));
    older.give(page([message('0', 'bayko', 'Are you there?', 9)]));
    await screen.findByText('Are you there?');
    newer.give(page([message('3', 'bayko', 'Did you get that?', 12)], { newer: 'after 3' }));
    await screen.findByText('Did you get that?');
    expect(texts()).toHaveLength(4);
  });

  it('shows a message that arrives while the first page is being read', async () => {
    const first = later();
    let arrived: SentMessage[] = [];
    api.on(MESSAGES, ({ query }) =>
      query.has('cursor') ? page(arrived, { newer: 'after 3' }) : first.promise,
    );
    renderConversation();
    await waitFor(() => expect(api.requests(MESSAGES)).toHaveLength(1));
    await waitFor(() => expect(api.requests('GET /api/events')).toHaveLength(1));
    const live = message('3', 'bayko', 'Did you get that?', 12);
    arrived = [live];
    arrive('message', live);
    arrive('message_group', { ...head, message: live.message, created_at: live.created_at });
    first.give(page(stored, { newer: 'after 2' }));
    await screen.findByText('Did you get that?');
  });

  it('renders no message again while somebody types', async () => {
    const { user, input } = await setUp();
    vi.mocked(clockTime).mockClear();
    await user.type(input, 'Faith manages.');
    expect(input.value).toBe('Faith manages.');
    expect(clockTime).not.toHaveBeenCalled();
  });

  it('says so when there is no such conversation', async () => {
    api.on(MESSAGES, () => problem(404));
    renderSignedIn(
      <MessagesProvider>
        <Conversation messageGroupUuid="nonsense" />
      </MessagesProvider>,
    );
    await screen.findByRole('heading', { name: 'This conversation does not exist' });
  });
});
