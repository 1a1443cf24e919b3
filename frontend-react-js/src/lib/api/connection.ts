import { useSyncExternalStore } from 'react';
import { env } from '@/config/env';
import { getAccessToken, tokenOwner } from '@/lib/auth/access-token';

/** `impaired`: the service answers, but a server that it needs is unavailable. */
export type Availability = 'available' | 'impaired' | 'unreachable';

/** Milliseconds between two checks of a service that is not available, and the time that one check may take. */
const CHECK_INTERVAL = 2_000;
const CHECK_TIMEOUT = 3_000;

/**
 * Knows whether a service is available. A failed request asks for a check. From then on checks alone decide, so that requests
 * which fail and succeed beside each other do not change the state back and forth.
 */
export class Monitor {
  readonly #probe: () => Promise<Availability>;
  readonly #listeners = new Set<() => void>();
  #state: Availability = 'available';
  #checking: Promise<Availability> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(probe: () => Promise<Availability>) {
    this.#probe = probe;
  }

  readonly state = (): Availability => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Checks the service now, and then until it is available. Calls during a check share it. */
  check(): Promise<Availability> {
    this.#checking ??= this.#run().finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  async #run(): Promise<Availability> {
    const state = await this.#probe();
    clearTimeout(this.#timer);
    if (state !== 'available') this.#timer = setTimeout(() => void this.check(), CHECK_INTERVAL);
    if (state !== this.#state) {
      this.#state = state;
      for (const listener of this.#listeners) listener();
    }
    return state;
  }
}

/** The API, by its health check, which also tells of the servers that it needs. */
export const apiMonitor = new Monitor(async () => {
  try {
    const response = await fetch(`${env().backendUrl}/health`, {
      signal: AbortSignal.timeout(CHECK_TIMEOUT),
    });
    return response.ok && (await response.text()) === 'Healthy' ? 'available' : 'impaired';
  } catch {
    return 'unreachable';
  }
});

/** Cognito, which renews access tokens. */
export const signInMonitor = new Monitor(async () => {
  try {
    await Promise.race([getAccessToken(tokenOwner()), failAfter(CHECK_TIMEOUT)]);
    return 'available';
  } catch {
    return 'unreachable';
  }
});

function failAfter(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('No answer in time')), milliseconds));
}

/** The state of a service, for components. */
export function useAvailability(monitor: Monitor): Availability {
  return useSyncExternalStore(monitor.subscribe, monitor.state);
}
