import { describe, expect, it } from 'vitest';
import { paths, safeReturnTo } from './paths';

describe('paths', () => {
  it('encodes what it is given', () => {
    expect(paths.newMessage('a/b?c')).toBe('/messages/new/a%2Fb%3Fc');
    expect(paths.signIn({ returnTo: '/messages/1?a=b', expired: true })).toBe(
      '/signin?return_to=%2Fmessages%2F1%3Fa%3Db&expired=1',
    );
  });
});

describe('safeReturnTo', () => {
  it('keeps addresses inside the app', () => {
    expect(safeReturnTo('/messages/1?a=b')).toBe('/messages/1?a=b');
  });

  it.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'does not follow %s',
    (value) => {
      expect(safeReturnTo(value)).toBe('/');
    },
  );
});
