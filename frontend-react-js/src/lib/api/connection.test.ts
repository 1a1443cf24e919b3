import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Monitor, type Availability } from './connection';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

describe('A monitor', () => {
  let state: Availability;
  const probe = vi.fn(() => Promise.resolve(state));

  it('checks until the service is available, and tells each change once', async () => {
    const monitor = new Monitor(probe);
    const changes: Availability[] = [];
    monitor.subscribe(() => changes.push(monitor.state()));

    state = 'unreachable';
    await Promise.all([monitor.check(), monitor.check()]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(probe).toHaveBeenCalledTimes(3);

    state = 'impaired';
    await vi.advanceTimersByTimeAsync(2_000);
    state = 'available';
    await vi.advanceTimersByTimeAsync(20_000);
    expect(changes).toEqual(['unreachable', 'impaired', 'available']);
    expect(probe).toHaveBeenCalledTimes(5);
  });

  it('has one series of checks, however many requests fail meanwhile', async () => {
    const monitor = new Monitor(probe);
    state = 'unreachable';
    for (let request = 0; request < 5; request++) await monitor.check();
    probe.mockClear();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(probe).toHaveBeenCalledTimes(1);
  });
});
