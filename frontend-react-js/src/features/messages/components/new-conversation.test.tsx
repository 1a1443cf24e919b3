import type { UseQueryResult } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Route, Routes } from 'react-router';
import type { User } from '@/lib/api/types';
import { later, noConnection, page, stubApi } from '@/testing/api';
import { renderSignedIn } from '@/testing/render';
import { MessagesProvider } from '../messages-provider';
import { Conversation } from './conversation';
import { NewConversation } from './new-conversation';

const GROUP = 'conversation-with-londo';
const londo = { uuid: '3', handle: 'londo', display_name: 'Londo Mollari' };
const head = { ...londo, uuid: GROUP, message: 'Great hopes.', created_at: '2026-11-22T15:11:00+00:00' };
const person = {
  data: londo,
  isPending: false,
  isError: false,
  error: null,
} as unknown as UseQueryResult<User>;

let api: ReturnType<typeof stubApi>;
let events: ReadableStreamDefaultController<Uint8Array> | undefined;

beforeEach(() => {
  sessionStorage.clear();
  api = stubApi();
  events = undefined;
  api.on('GET /health', () => new Response('Healthy'));
  api.on('GET /api/message_groups', () => page([]));
  api.on(`GET /api/messages/${GROUP}`, () => page([]));
  api.on(
    'GET /api/events',
    () => new Response(new ReadableStream<Uint8Array>({ start: (stream) => void (events = stream) })),
  );
});

function open() {
  return renderSignedIn(
    <MessagesProvider>
      <Routes>
        <Route path="/messages/:uuid" element={<Conversation messageGroupUuid={GROUP} />} />
        <Route path="*" element={<NewConversation handle="londo" person={person} />} />
      </Routes>
    </MessagesProvider>,
  );
}

const input = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

describe('A new conversation', () => {
  it('keeps what is being written when the other person writes first', async () => {
    const { location } = open();
    await screen.findByRole('heading', { name: /^This is the beginning/ });
    await userEvent.type(input(), 'Good day, ');
    await waitFor(() => expect(events).toBeDefined());
    const event = `event: message_group\ndata: ${JSON.stringify(head)}\n\n`;
    events?.enqueue(new TextEncoder().encode(event));
    await waitFor(() => expect(location()).toBe(`/messages/${GROUP}`));
    await screen.findByText('No messages yet.');
    expect(input().value).toBe('Good day, ');
    expect(document.activeElement).toBe(input());
    await userEvent.keyboard('Ambassador.');
    expect(input().value).toBe('Good day, Ambassador.');
  });

  it('sends its first message under the same key after a reload', async () => {
    api.on('POST /api/messages', noConnection);
    const first = open();
    await userEvent.type(input(), 'Good day.{Enter}');
    await screen.findByText(/^Not sent yet/);
    expect(input().value).toBe('');
    first.unmount();

    api.on('POST /api/messages', () => ({
      ...head,
      uuid: 'm',
      message_group_uuid: GROUP,
      handle: 'andrewbrown',
    }));
    const { location } = open();
    await waitFor(() => expect(location()).toBe(`/messages/${GROUP}`));
    const sent = api.requests('POST');
    expect(sent.map(({ body }) => body)).toEqual(Array(2).fill({ message: 'Good day.', handle: 'londo' }));
    expect(new Set(sent.map(({ headers }) => headers.get('Idempotency-Key')))).toHaveLength(1);
  });

  it('claims to be the beginning only when the whole list of conversations is known', async () => {
    api.on('GET /api/message_groups', () => page([], { older: 'c' }));
    open();
    await waitFor(() => expect(api.requests('GET /api/message_groups')).not.toEqual([]));
    await screen.findByRole('heading', { name: 'Write to Londo Mollari' });
    expect(screen.queryByText(/beginning/)).toBeNull();
  });

  it('shows the first message while it is being sent', async () => {
    const answer = later();
    api.on('POST /api/messages', () => answer.promise);
    open();
    await userEvent.type(input(), 'Good day.{Enter}');
    expect((await screen.findByRole('article', { name: 'You, not sent yet' })).textContent).toContain(
      'Good day.',
    );
  });
});
