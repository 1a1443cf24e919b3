import { describe, expect, it } from 'vitest';
import { fromPage, merge, withArrived, withOlder } from './conversation-messages';

const message = (minute: number) => ({
  uuid: String(minute),
  handle: 'a',
  display_name: 'A',
  message: '',
  created_at: `2026-11-22T15:${minute}:00.000000+00:00`,
});
const page = (minutes: number[], older?: string, newer?: string) => ({
  items: minutes.map(message),
  older,
  newer,
});
const loaded = fromPage(page([30, 31], 'before 30', 'after 31'));
const minutes = ({ messages }: typeof loaded) => messages.map(({ uuid }) => Number(uuid));

describe('The messages of a conversation', () => {
  it('are in order and each once, whatever comes twice or late', () => {
    expect(minutes(withArrived(loaded, message(34), message(31), message(33)))).toEqual([30, 31, 33, 34]);
  });

  it('go on where the older page ends', () => {
    const all = withOlder(loaded, page([20, 21], 'before 20', 'after 21'));
    expect(all).toMatchObject({ older: 'before 20', newer: 'after 31' });
    expect(minutes(all)).toEqual([20, 21, 30, 31]);
  });

  it('end at an older page that is empty', () => {
    expect(withOlder(loaded, page([]))).toMatchObject({ older: undefined, messages: loaded.messages });
  });

  it('keep what arrived, and the older page, while new ones were being read', () => {
    const shown = withOlder(withArrived(loaded, message(34)), page([20], 'before 20'));
    const read = { ...withArrived(loaded, message(32), message(33)), newer: 'after 33' };
    const all = merge(shown, read);
    expect(minutes(all)).toEqual([20, 30, 31, 32, 33, 34]);
    expect(all).toMatchObject({ older: 'before 20', newer: 'after 33' });
  });

  it('may be missing before a message that arrived by itself, so that it moves no cursor', () => {
    expect(withArrived(loaded, message(40)).newer).toBe('after 31');
  });

  it('stay the same object when nothing is new', () => {
    expect(merge(loaded, { ...loaded })).toBe(loaded);
  });
});
