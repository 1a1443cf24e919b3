import { ApiError, describeError, isTransient, isUnauthorized } from '@/lib/api/errors';
import type { SentMessage } from '@/lib/api/types';
import type { PersonalStorage } from '@/lib/storage';

/** Who a message is for: a conversation, a person, or a conversation whose other person is known. */
export interface Recipient {
  messageGroupUuid?: string | undefined;
  handle?: string | undefined;
}

/** A message on its way: shown in the conversation until the API has it. */
export interface OutgoingMessage extends Recipient {
  /** Also the Idempotency-Key: an attempt whose answer got lost is not sent a second time. */
  id: string;
  text: string;
  /** Whether it is addressed to the handle. Every attempt is addressed alike, because they share one Idempotency-Key. */
  isByHandle: boolean;
  /**
   * `waiting`: the API was unavailable, and another attempt follows. `rejected`: the API refused it. `discarding`: the person
   * does not want it any more, but an attempt is under way.
   */
  status: 'sending' | 'waiting' | 'rejected' | 'discarding';
  /** Why it was not sent, in words. */
  problem?: string | undefined;
  /** Time of the next attempt at the earliest, in milliseconds since 1970. */
  retryAt?: number | undefined;
  /** A message with this text arrived during the attempt, and is shown in its place. */
  hasArrived?: boolean | undefined;
}

interface OutboxOptions {
  /** Delivers one message; what it rejects with decides between waiting and rejected. */
  send: (message: OutgoingMessage) => Promise<SentMessage>;
  /** Keeps unsent messages over a reload of the page. */
  storage: PersonalStorage;
  /** Milliseconds until the next attempt, where the API does not say how long to wait. */
  retryDelay?: number;
}

const STORED_NAME = 'outbox';

/**
 * Sends messages in the order they were written, each conversation independent of the others. While the API is unavailable it
 * keeps trying; what the API rejects stays until the person retries or discards it.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #listeners = new Set<() => void>();
  /** Ids of the messages with an attempt under way. */
  readonly #attempts = new Set<string>();
  /** Conversations that first messages went to, by handle. */
  readonly #groups = new Map<string, string>();
  #messages: readonly OutgoingMessage[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#messages = this.#load();
  }

  get messages(): readonly OutgoingMessage[] {
    return this.#messages;
  }

  /** The conversation that a first message to this person went to. */
  groupWith(handle: string): string | undefined {
    return this.#groups.get(handle);
  }

  /** Starts sending, first of all what an earlier visit left behind. */
  start(): void {
    this.#running = true;
    this.#deliver();
  }

  /** Stops sending. Unsent messages stay in storage, and attempts that end later change nothing. */
  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add({ messageGroupUuid, handle }: Recipient, text: string): void {
    const isByHandle = messageGroupUuid === undefined;
    const id = crypto.randomUUID();
    this.#set([...this.#messages, { id, messageGroupUuid, handle, isByHandle, text, status: 'sending' }]);
    this.#deliver();
  }

  /** Tries again at once: everything that waits, and this message even if it was rejected. */
  retry(id: string): void {
    this.#update((message) =>
      message.id === id || message.status === 'waiting'
        ? { ...message, status: 'sending', problem: undefined, retryAt: undefined }
        : message,
    );
    this.#deliver();
  }

  /** Removes a message. While an attempt is under way, its outcome decides whether the message was sent after all. */
  discard(id: string): void {
    if (this.#attempts.has(id)) this.#updateOne(id, { status: 'discarding' });
    else this.#remove(id);
  }

  /** Notes one's own message that arrives live. It may be the one that is being sent, which then need not be shown twice. */
  noteArrival(arrived: SentMessage): void {
    const match = this.#messages.find(
      (message) =>
        this.#attempts.has(message.id) &&
        !message.hasArrived &&
        message.text === arrived.message &&
        (message.isByHandle || message.messageGroupUuid === arrived.message_group_uuid),
    );
    if (match) this.#updateOne(match.id, { hasArrived: true });
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    if (!this.#running) return;
    const now = Date.now();
    for (const [index, message] of this.#messages.entries()) {
      const isDue = message.status !== 'rejected' && (message.retryAt ?? 0) <= now;
      const before = this.#messages.slice(0, index).filter((earlier) => isSameConversation(earlier, message));
      const hasTurn = before.every(({ status }) => status === 'rejected') && !this.#attempts.has(message.id);
      if (isDue && hasTurn) void this.#attempt(message);
    }
    const nextAttempt = Math.min(...this.#messages.map(({ retryAt }) => retryAt ?? Infinity));
    if (nextAttempt < Infinity)
      this.#timer = setTimeout(() => this.#deliver(), Math.max(0, nextAttempt - now));
  }

  async #attempt(message: OutgoingMessage): Promise<void> {
    this.#attempts.add(message.id);
    const outcome = await this.#send(message);
    this.#attempts.delete(message.id);
    if (!this.#running) return;
    outcome();
    this.#deliver();
  }

  /** Sends a message. @returns what the outcome changes */
  async #send(message: OutgoingMessage): Promise<() => void> {
    try {
      const sent = await this.#options.send(message);
      return () => this.#settle(message, sent);
    } catch (error) {
      return () => this.#postpone(message.id, error);
    }
  }

  #settle(message: OutgoingMessage, { message_group_uuid }: SentMessage): void {
    if (message.handle) this.#groups.set(message.handle, message_group_uuid);
    this.#remove(message.id);
    this.#update((other) =>
      isSameConversation(message, other) ? { ...other, messageGroupUuid: message_group_uuid } : other,
    );
  }

  #postpone(id: string, error: unknown): void {
    if (this.#messages.some((message) => message.id === id && message.status === 'discarding')) {
      this.#remove(id);
      return;
    }
    // After a 401 the message waits for the person to sign in again.
    const waits = isTransient(error) || isUnauthorized(error);
    const seconds = error instanceof ApiError ? error.retryAfter : undefined;
    const delay = seconds === undefined ? (this.#options.retryDelay ?? 3000) : seconds * 1000;
    this.#updateOne(id, {
      status: waits ? 'waiting' : 'rejected',
      problem: describeError(error),
      retryAt: waits ? Date.now() + delay : undefined,
      hasArrived: false,
    });
  }

  #remove(id: string): void {
    this.#set(this.#messages.filter((message) => message.id !== id));
  }

  #updateOne(id: string, change: Partial<OutgoingMessage>): void {
    this.#update((message) => (message.id === id ? { ...message, ...change } : message));
  }

  #update(change: (message: OutgoingMessage) => OutgoingMessage): void {
    this.#set(this.#messages.map(change));
  }

  #set(messages: readonly OutgoingMessage[]): void {
    this.#messages = messages;
    this.#options.storage.set(STORED_NAME, messages.length > 0 ? JSON.stringify(messages) : undefined);
    for (const listener of this.#listeners) listener();
  }

  #load(): readonly OutgoingMessage[] {
    const stored = JSON.parse(this.#options.storage.get(STORED_NAME) ?? '[]') as OutgoingMessage[];
    return stored
      .filter(({ status }) => status !== 'discarding')
      .map((message) => ({ ...message, retryAt: undefined, hasArrived: false }));
  }
}

export function isSameConversation(one: Recipient, other: Recipient): boolean {
  const sameGroup = one.messageGroupUuid !== undefined && one.messageGroupUuid === other.messageGroupUuid;
  return sameGroup || (one.handle !== undefined && one.handle === other.handle);
}
