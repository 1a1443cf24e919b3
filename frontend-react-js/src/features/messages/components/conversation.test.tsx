import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SentMessage } from '@/lib/api/types';
import { later, noConnection, page, problem, stubApi } from '@/testing/api';
import { renderSignedIn } from '@/testing/render';
import { MessagesProvider } from '../messages-provider';
import { Conversation } from './conversation';

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

let api: ReturnType<typeof stubApi>;
const MESSAGES = `GET /api/messages/${GROUP}`;
const SEND = 'POST /api/messages';

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
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
    events.close();
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
