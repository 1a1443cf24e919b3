import { describe, expect, it, vi } from 'vitest';
import { compareTimes, dayName, relativeTime, timeUntil } from './time';

const now = new Date(2026, 10, 22, 12, 0, 0).getTime();
const ago = (ms: number) => new Date(now - ms).toISOString();
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('relativeTime', () => {
  it.each([
    [-5 * second, 'now'],
    [59 * second, 'now'],
    [minute, '1m'],
    [hour - second, '59m'],
    [hour, '1h'],
    [day - second, '23h'],
    [day, '1d'],
    [7 * day - second, '6d'],
    [8 * day, 'Nov 14'],
    [365 * day, 'Nov 22, 2025'],
  ])('%d ms ago is %s', (age, expected) => {
    expect(relativeTime(ago(age), now)).toBe(expected);
  });

  it('reads the microseconds and the offset of the API', () => {
    const timestamp = '2026-11-22T15:10:17.473774+00:00';
    expect(relativeTime(timestamp, Date.UTC(2026, 10, 22, 15, 15, 18))).toBe('5m');
  });
});

describe('timeUntil', () => {
  it.each([
    [30 * second, 'in 1 minute'],
    [10 * minute, 'in 10 minutes'],
    [hour - second, 'in 1 hour'],
    [12 * hour - second, 'in 12 hours'],
    [day - second, 'in 1 day'],
    [3 * day - second, 'in 3 days'],
    [30 * day, 'in 30 days'],
  ])('in %d ms is %s', (left, expected) => {
    expect(timeUntil(ago(-left), now)).toBe(expected);
  });
});

describe('compareTimes', () => {
  it('orders by microseconds and by the instant, not by the text', () => {
    const times = [
      '2026-11-22T15:10:17.473775+00:00',
      '2026-11-22T15:10:17.473774+00:00',
      '2026-11-22T16:10:00+01:00',
    ];
    expect(times.sort(compareTimes)).toEqual([
      '2026-11-22T16:10:00+01:00',
      '2026-11-22T15:10:17.473774+00:00',
      '2026-11-22T15:10:17.473775+00:00',
    ]);
  });
});

describe('dayName', () => {
  it.each([
    [new Date(2026, 10, 22, 0, 0, 1), 'Today'],
    [new Date(2026, 10, 21, 23, 59, 59), 'Yesterday'],
    [new Date(2026, 10, 20, 12), 'Friday, November 20'],
    [new Date(2025, 11, 31, 12), 'December 31, 2025'],
  ])('%s is %s', (date, expected) => {
    expect(dayName(date.toISOString(), now)).toBe(expected);
  });
});

describe('the language', () => {
  it('is English where the browser names none that exists', async () => {
    vi.stubGlobal('navigator', { language: 'en-US@posix' });
    vi.resetModules();
    const time = await import('./time');
    expect(time.dayName('2026-11-20T12:00:00Z', now)).toContain('November');
  });
});
