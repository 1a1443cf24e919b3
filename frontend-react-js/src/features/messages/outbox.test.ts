import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, UnreachableError } from '@/lib/api/errors';
import { Outbox, type OutgoingMessage } from './outbox';

/** The far end: takes messages, or fails as the test says; what it took stays taken. */
let taken: OutgoingMessage[];
let failures: Error[];

function createOutbox() {
  const outbox = new Outbox({
    send: (message) => {
      const failure = failures.shift();
      if (failure) return Promise.reject(failure);
      taken.push(message);
      return Promise.resolve();
    },
    storage: sessionStorage,
    storageKey: 'outbox',
    retryDelay: 1000,
  });
  outbox.start();
  return outbox;
}

const takenTexts = () => taken.map((message) => message.text);
const away = () => new UnreachableError(new TypeError('Failed to fetch'));

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  taken = [];
  failures = [];
  return () => vi.useRealTimers();
});

describe('Outbox', () => {
  it('sends in order and is empty afterwards', async () => {
    const outbox = createOutbox();
    for (const text of ['one', 'two', 'three']) outbox.add('g', text);
    expect(outbox.messages.map((message) => message.status)).toEqual(['sending', 'sending', 'sending']);

    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['one', 'two', 'three']);
    expect(outbox.messages).toEqual([]);
    expect(sessionStorage.getItem('outbox')).toBeNull();
  });

  it('keeps trying while the API is away, under the same key, and keeps the order', async () => {
    failures = [away(), new ApiError(503), away()];
    const outbox = createOutbox();
    outbox.add('g', 'one');
    outbox.add('g', 'two');
    const [first] = outbox.messages;

    await vi.advanceTimersByTimeAsync(1500);
    expect(outbox.messages.map((message) => message.status)).toEqual(['waiting', 'sending']);
    expect(outbox.messages[0]?.problem).toMatch(/briefly unavailable/);

    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['one', 'two']);
    expect(taken[0]?.id).toBe(first?.id);
  });

  it('does not hold up one conversation for another', async () => {
    const stuck = new Promise<void>(() => undefined);
    const sent: string[] = [];
    const outbox = new Outbox({
      send: async (message) => {
        if (message.messageGroupUuid === 'slow') await stuck;
        sent.push(message.text);
      },
      storage: sessionStorage,
      storageKey: 'outbox',
    });
    outbox.start();
    outbox.add('slow', 'one');
    outbox.add('quick', 'two');
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['two']);
  });

  it('keeps a rejected message aside until it is retried, and lets the next one pass', async () => {
    failures = [new ApiError(422, ['message_blank'])];
    const outbox = createOutbox();
    outbox.add('g', 'no');
    outbox.add('g', 'yes');
    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['yes']);
    expect(outbox.messages).toMatchObject([
      { text: 'no', status: 'rejected', problem: 'Write something first.' },
    ]);

    outbox.retry(outbox.messages[0]?.id ?? '');
    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['yes', 'no']);
  });

  it('forgets what is discarded', async () => {
    failures = [away()];
    const outbox = createOutbox();
    outbox.add('g', 'one');
    await vi.advanceTimersByTimeAsync(10);
    outbox.discard(outbox.messages[0]?.id ?? '');
    await vi.runAllTimersAsync();
    expect(taken).toEqual([]);
  });

  it('sends what a reload or an expired session interrupted, under the same key', async () => {
    failures = [new ApiError(401)];
    const before = createOutbox();
    before.add('g', 'one');
    await vi.advanceTimersByTimeAsync(10);
    const id = before.messages[0]?.id;
    before.stop();
    await vi.runAllTimersAsync();
    expect(taken).toEqual([]);

    createOutbox();
    await vi.runAllTimersAsync();
    expect(taken).toMatchObject([{ id, text: 'one', messageGroupUuid: 'g' }]);
  });
});
