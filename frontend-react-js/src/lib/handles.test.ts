import { expect, it } from 'vitest';
import { normalizeUserName } from './handles';

it.each([
  ['londo', 'londo'],
  [' @Londo ', 'londo'],
  ['Londo@Cruddur.example', 'Londo@Cruddur.example'],
])('%s signs in as %s', (text, name) => {
  expect(normalizeUserName(text)).toBe(name);
});
