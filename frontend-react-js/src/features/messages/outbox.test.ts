import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, UnreachableError } from '@/lib/api/errors';
import type { SentMessage } from '@/lib/api/types';
import { personalStorage } from '@/lib/storage';
import { Outbox, type OutgoingMessage } from './outbox';

const STORED = 'cruddur.u1.outbox';
const g = { messageGroupUuid: 'g', handle: 'londo' };

/** The API: takes messages, or fails as the test says; what it took stays taken. */
let taken: OutgoingMessage[];
let failures: Error[];

function answerTo(message: OutgoingMessage): SentMessage {
  const message_group_uuid = message.messageGroupUuid ?? `with ${message.handle}`;
  const created_at = '2026-11-22T15:10:17.473774+00:00';
  return {
    uuid: message.id,
    message_group_uuid,
    handle: 'me',
    display_name: 'Me',
    message: message.text,
    created_at,
  };
}

function take(message: OutgoingMessage): Promise<SentMessage> {
  const failure = failures.shift();
  if (failure) return Promise.reject(failure);
  taken.push(message);
  return Promise.resolve(answerTo(message));
}

function createOutbox(send = take) {
  const outbox = new Outbox({ send, storage: personalStorage('u1'), retryDelay: 1000 });
  outbox.start();
  return outbox;
}

/** An API that answers when the test says so. */
function createSlowOutbox() {
  const answers: ((outcome: SentMessage | Error) => void)[] = [];
  const outbox = createOutbox(
    (message) =>
      new Promise((resolve, reject) => {
        taken.push(message);
        answers.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      }),
  );
  const answer = async (outcome: SentMessage | Error) => {
    answers.shift()?.(outcome);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { outbox, answer };
}

const takenTexts = () => taken.map((message) => message.text);
const unreachable = () => new UnreachableError(new TypeError('Failed to fetch'));
const firstId = (outbox: Outbox) => outbox.messages[0]?.id ?? '';

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
    for (const text of ['one', 'two', 'three']) outbox.add(g, text);
    expect(outbox.messages.map((message) => message.status)).toEqual(['sending', 'sending', 'sending']);

    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['one', 'two', 'three']);
    expect(outbox.messages).toEqual([]);
    expect(sessionStorage.getItem(STORED)).toBeNull();
  });

  it('keeps trying while the API is unavailable, under the same key, and keeps the order', async () => {
    failures = [unreachable(), new ApiError(503), unreachable()];
    const outbox = createOutbox();
    outbox.add(g, 'one');
    outbox.add(g, 'two');
    const id = firstId(outbox);

    await vi.advanceTimersByTimeAsync(1500);
    expect(outbox.messages.map((message) => message.status)).toEqual(['waiting', 'sending']);
    expect(outbox.messages[0]?.problem).toMatch(/briefly unavailable/);

    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['one', 'two']);
    expect(taken[0]?.id).toBe(id);
  });

  it('waits as long as the API asks for', async () => {
    failures = [new ApiError(429, [], 20)];
    const outbox = createOutbox();
    outbox.add(g, 'one');
    await vi.advanceTimersByTimeAsync(0);
    // Another conversation does not cut the wait short.
    outbox.add({ messageGroupUuid: 'other' }, 'two');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(takenTexts()).toEqual(['two']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(takenTexts()).toEqual(['two', 'one']);
  });

  it('does not hold up one conversation for another', async () => {
    const stuck = new Promise<SentMessage>(() => undefined);
    const outbox = createOutbox((message) => (message.messageGroupUuid === 'slow' ? stuck : take(message)));
    outbox.add({ messageGroupUuid: 'slow' }, 'one');
    outbox.add({ messageGroupUuid: 'quick' }, 'two');
    await vi.advanceTimersByTimeAsync(0);
    expect(takenTexts()).toEqual(['two']);
  });

  it('keeps a rejected message aside until it is retried, and lets the next one pass', async () => {
    failures = [new ApiError(422, ['message_blank'])];
    const outbox = createOutbox();
    outbox.add(g, 'no');
    outbox.add(g, 'yes');
    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['yes']);
    expect(outbox.messages).toMatchObject([
      { text: 'no', status: 'rejected', problem: 'Write something first.' },
    ]);

    outbox.retry(firstId(outbox));
    await vi.runAllTimersAsync();
    expect(takenTexts()).toEqual(['yes', 'no']);
  });

  it('sends what a reload or an expired session interrupted, under the same key', async () => {
    failures = [new ApiError(401)];
    const before = createOutbox();
    before.add(g, 'one');
    await vi.advanceTimersByTimeAsync(10);
    const id = firstId(before);
    before.stop();
    await vi.runAllTimersAsync();
    expect(taken).toEqual([]);

    createOutbox();
    await vi.runAllTimersAsync();
    expect(taken).toMatchObject([{ id, text: 'one', messageGroupUuid: 'g' }]);
  });

  it('stores nothing after it has stopped', async () => {
    const { outbox, answer } = createSlowOutbox();
    outbox.add(g, 'secret');
    outbox.stop();
    sessionStorage.clear();
    await answer(unreachable());
    expect(sessionStorage.getItem(STORED)).toBeNull();
  });
});

describe('A discarded message', () => {
  it('is not sent again', async () => {
    failures = [unreachable()];
    const outbox = createOutbox();
    outbox.add(g, 'one');
    await vi.advanceTimersByTimeAsync(10);
    outbox.discard(firstId(outbox));
    await vi.runAllTimersAsync();
    expect(taken).toEqual([]);
  });

  it('stays in sight while an attempt is under way, and goes when the attempt fails', async () => {
    const { outbox, answer } = createSlowOutbox();
    outbox.add(g, 'one');
    outbox.discard(firstId(outbox));
    expect(outbox.messages).toMatchObject([{ status: 'discarding' }]);
    await answer(unreachable());
    await vi.runAllTimersAsync();
    expect(outbox.messages).toEqual([]);
    expect(taken).toHaveLength(1);
  });
});

describe('A first message', () => {
  it('is sent to the handle, and the next one to the conversation it made', async () => {
    const outbox = createOutbox();
    outbox.add({ handle: 'londo' }, 'one');
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.groupWith('londo')).toBe('with londo');
    outbox.add({ handle: 'londo', messageGroupUuid: 'with londo' }, 'two');
    await vi.advanceTimersByTimeAsync(0);
    expect(taken.map(({ isByHandle }) => isByHandle)).toEqual([true, false]);
  });

  it('goes before what is written into the conversation that appears meanwhile', async () => {
    const { outbox, answer } = createSlowOutbox();
    outbox.add({ handle: 'londo' }, 'one');
    outbox.add(g, 'two');
    await vi.advanceTimersByTimeAsync(0);
    expect(takenTexts()).toEqual(['one']);
    await answer({ ...answerTo(taken[0] as OutgoingMessage), message_group_uuid: 'g' });
    expect(takenTexts()).toEqual(['one', 'two']);
  });

  it('is addressed alike in every attempt, because the API refuses another request under its key', async () => {
    failures = [unreachable()];
    const outbox = createOutbox();
    outbox.add({ handle: 'londo' }, 'one');
    outbox.add({ handle: 'londo' }, 'two');
    await vi.runAllTimersAsync();
    expect(taken.map(({ text, isByHandle }) => [text, isByHandle])).toEqual([
      ['one', true],
      ['two', true],
    ]);
  });
});

describe('A message of one’s own that arrives live', () => {
  const arrived = {
    ...answerTo({ id: '1', text: 'ok', isByHandle: false, status: 'sending' }),
    message_group_uuid: 'g',
  };

  it('stands for the one that is being sent', () => {
    const { outbox } = createSlowOutbox();
    outbox.add(g, 'ok');
    outbox.add(g, 'ok');
    outbox.noteArrival(arrived);
    expect(outbox.messages.map(({ hasArrived }) => hasArrived ?? false)).toEqual([true, false]);
  });

  it('stands for nothing when the attempt fails', async () => {
    const { outbox, answer } = createSlowOutbox();
    outbox.add(g, 'ok');
    outbox.noteArrival(arrived);
    await answer(unreachable());
    expect(outbox.messages).toMatchObject([{ status: 'waiting', hasArrived: false }]);
  });
});
