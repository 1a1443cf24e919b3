import { describe, expect, it } from 'vitest';
import { describeAuthError } from './auth-errors';

function named(name: string): Error {
  return Object.assign(new Error('Cognito said so'), { name });
}

describe('describeAuthError', () => {
  it('does not tell a wrong password from an unknown user', () => {
    const sentence = describeAuthError(named('NotAuthorizedException'));
    expect(sentence).toMatch(/do not match/);
    expect(describeAuthError(named('UserNotFoundException'))).toBe(sentence);
    expect(describeAuthError(named('InvalidPasswordException'))).toBe(sentence);
  });

  it('takes the same error for a weak password where one is chosen', () => {
    expect(describeAuthError(named('InvalidPasswordException'), 'sign-up')).toMatch(/too weak/);
  });

  it('has a sentence for everything', () => {
    expect(describeAuthError(named('BrandNewException'))).toBe('That did not work. Try again in a moment.');
    expect(describeAuthError('not even an error')).toBe('That did not work. Try again in a moment.');
  });
});
