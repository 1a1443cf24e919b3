import { describe, expect, it } from 'vitest';
import { layOut } from './conversation-layout';

function message(handle: string, hour: number, minute: number, day = 22) {
  const created_at = new Date(2026, 10, day, hour, minute).toISOString();
  return { uuid: `${handle}${created_at}`, handle, display_name: handle, message: 'x', created_at };
}

/** `D` starts a day, `R` a run, `-` neither. */
function shape(...messages: ReturnType<typeof message>[]) {
  return layOut(messages)
    .map(({ startsDay, startsRun }) => (startsDay ? 'D' : startsRun ? 'R' : '-'))
    .join('');
}

describe('layOut', () => {
  it('puts messages that one person sends within five minutes under one name', () => {
    expect(shape(message('a', 9, 0), message('a', 9, 4), message('a', 9, 9), message('a', 9, 15))).toBe(
      'D--R',
    );
  });

  it('starts a run where the sender changes', () => {
    expect(shape(message('a', 9, 0), message('b', 9, 0), message('b', 9, 1))).toBe('DR-');
  });

  it('starts a day at local midnight, also within a run', () => {
    const items = layOut([message('a', 23, 59, 21), message('a', 0, 0, 22)]);
    expect(items.map((item) => item.startsDay)).toEqual([true, true]);
    expect(items.map((item) => item.startsRun)).toEqual([true, true]);
  });
});
