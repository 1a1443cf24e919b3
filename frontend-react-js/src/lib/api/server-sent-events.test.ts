import { expect, it, vi } from 'vitest';
import { readEvents } from './server-sent-events';

/** What the events are when the bytes arrive in these pieces. */
async function read(...chunks: (string | Uint8Array)[]) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      }
      controller.close();
    },
  });
  const onActivity = vi.fn();
  const events = [];
  for await (const event of readEvents(body, onActivity)) events.push(event);
  expect(onActivity).toHaveBeenCalledTimes(chunks.length);
  return events;
}

it('reads id, type and data', async () => {
  expect(await read('id: 7\nevent: message_group\ndata: {"a":1}\n\n')).toEqual([
    { id: '7', type: 'message_group', data: '{"a":1}' },
  ]);
});

it('joins data lines and takes "message" as the type', async () => {
  expect(await read('data: one\ndata:two\n\n')).toEqual([
    { id: undefined, type: 'message', data: 'one\ntwo' },
  ]);
});

it('skips heartbeats and an event that the stream broke off', async () => {
  expect(await read(': heartbeat\n\n', 'data: whole\n\n', 'data: hal')).toEqual([
    { id: undefined, type: 'message', data: 'whole' },
  ]);
});

it('puts together what arrives in pieces, also within a character', async () => {
  const bytes = new TextEncoder().encode('data: Vír 🪐\r\n\r\n');
  const pieces = Array.from(bytes, (byte) => new Uint8Array([byte]));
  expect(await read(...pieces)).toEqual([{ id: undefined, type: 'message', data: 'Vír 🪐' }]);
});
