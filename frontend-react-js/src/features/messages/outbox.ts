import { describeError, isTransient, isUnauthorized } from '@/lib/api/errors';

/** A message on its way: shown in the conversation until the API has it. */
export interface OutgoingMessage {
  /** Also the Idempotency-Key: an attempt whose answer got lost is not sent a second time. */
  id: string;
  messageGroupUuid: string;
  text: string;
  /** `waiting`: the API was away, another attempt follows by itself. `rejected`: it said no. */
  status: 'sending' | 'waiting' | 'rejected';
  /** Why it was not sent, in words. */
  problem?: string | undefined;
}

interface OutboxOptions {
  /** Delivers one message; what it rejects with decides between waiting and rejected. */
  send: (message: OutgoingMessage) => Promise<void>;
  /** Keeps unsent messages over a reload of the page. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  storageKey: string;
  /** Milliseconds between attempts while the API is away. */
  retryDelay?: number;
}

/**
 * Sends messages in the order they were written, one conversation independent of the other. While the API
 * is away it keeps trying; what the API rejects stays until the person retries or discards it.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #listeners = new Set<() => void>();
  /** Conversations with an attempt in flight. */
  readonly #busy = new Set<string>();
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

  /** Starts sending, first of all what an earlier visit left behind. */
  start(): void {
    this.#running = true;
    this.#deliverAll();
  }

  /** Stops sending. Unsent messages stay in storage. */
  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(messageGroupUuid: string, text: string): void {
    this.#set([...this.#messages, { id: crypto.randomUUID(), messageGroupUuid, text, status: 'sending' }]);
    this.#deliver(messageGroupUuid);
  }

  /** Tries again at once: everything that waits, and this message even if it was rejected. */
  retry(id: string): void {
    this.#update(id, 'sending');
    this.#deliverAll();
  }

  discard(id: string): void {
    this.#set(this.#messages.filter((message) => message.id !== id));
  }

  #deliverAll(): void {
    clearTimeout(this.#timer);
    const groups = new Set(this.#messages.map((message) => message.messageGroupUuid));
    for (const group of groups) this.#deliver(group);
  }

  #deliver(messageGroupUuid: string): void {
    if (!this.#running || this.#busy.has(messageGroupUuid)) return;
    const next = this.#messages.find(
      (message) => message.messageGroupUuid === messageGroupUuid && message.status !== 'rejected',
    );
    if (!next) return;

    this.#busy.add(messageGroupUuid);
    void this.#attempt(next).then((mayContinue) => {
      this.#busy.delete(messageGroupUuid);
      if (mayContinue) this.#deliver(messageGroupUuid);
      else this.#retryLater();
    });
  }

  /** Whether the conversation's next message may follow; after a failure that passes, order says no. */
  async #attempt(message: OutgoingMessage): Promise<boolean> {
    try {
      await this.#options.send(message);
      this.discard(message.id);
      return true;
    } catch (error) {
      // After a 401 the message waits for the person to sign in again.
      const waits = isTransient(error) || isUnauthorized(error);
      this.#update(message.id, waits ? 'waiting' : 'rejected', describeError(error));
      return !waits;
    }
  }

  #retryLater(): void {
    clearTimeout(this.#timer);
    if (this.#running) this.#timer = setTimeout(() => this.#deliverAll(), this.#options.retryDelay ?? 3000);
  }

  #update(id: string, status: OutgoingMessage['status'], problem?: string): void {
    this.#set(
      this.#messages.map((message) => (message.id === id ? { ...message, status, problem } : message)),
    );
  }

  #set(messages: readonly OutgoingMessage[]): void {
    this.#messages = messages;
    const { storage, storageKey } = this.#options;
    if (messages.length > 0) storage.setItem(storageKey, JSON.stringify(messages));
    else storage.removeItem(storageKey);
    for (const listener of this.#listeners) listener();
  }

  #load(): readonly OutgoingMessage[] {
    const { storage, storageKey } = this.#options;
    return JSON.parse(storage.getItem(storageKey) ?? '[]') as OutgoingMessage[];
  }
}
