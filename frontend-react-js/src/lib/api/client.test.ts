import { expect, it } from 'vitest';
import { cursorOf } from './client';

it.each([
  ['</a?cursor=1>; rel="next"', '1', undefined],
  ['</a?cursor=0>; rel="prev", </a?cursor=2>; title="x"; rel=next', '2', '0'],
  ['<http://elsewhere:1/a?limit=5&cursor=3%2B>; rel="next"', '3+', undefined],
  ['</a?limit=5>; rel="next"', undefined, undefined],
  [null, undefined, undefined],
])('The cursors in the header Link: %s are %s and %s', (header, older, newer) => {
  expect(cursorOf(header, 'next')).toBe(older);
  expect(cursorOf(header, 'prev')).toBe(newer);
});
