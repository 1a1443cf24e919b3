import { expect, it } from 'vitest';
import { spanName } from './opentelemetry';

it.each([
  ['http://localhost:4567/api/message_groups?cursor=x', 'GET /api/message_groups'],
  ['http://localhost:4567/api/messages/5ae290ed-55d1-47a0-bc6d-fe2bc2700399', 'GET /api/messages/{uuid}'],
  ['http://localhost:4567/api/users/@londo/short', 'GET /api/users/@{handle}/short'],
])('names the span of %s %s', (url, expected) => {
  expect(spanName('GET', url)).toBe(expected);
});
