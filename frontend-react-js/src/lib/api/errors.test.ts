import { describe, expect, it } from 'vitest';
import { ApiError, describeError, isTransient, UnreachableError } from './errors';

describe('describeError', () => {
  it('turns known codes into sentences', () => {
    expect(describeError(new ApiError(422, ['user_receiver_is_self']))).toBe(
      'You cannot send a message to yourself.',
    );
  });

  it('falls back to the status for codes it does not know', () => {
    expect(describeError(new ApiError(422, ['brand_new_code']))).toBe(
      'Cruddur did not accept that. Check it and try again.',
    );
    expect(describeError(new ApiError(500))).toMatch(/had a problem/);
  });

  it('never shows what a program threw', () => {
    expect(describeError(new TypeError('x is undefined'))).not.toContain('undefined');
  });
});

describe('isTransient', () => {
  it.each([503, 500, 429, 408])('%d may pass', (status) => {
    expect(isTransient(new ApiError(status))).toBe(true);
  });

  it.each([400, 401, 404, 422])('%d stays', (status) => {
    expect(isTransient(new ApiError(status))).toBe(false);
  });

  it('says that an API that does not answer may come back, and that a bug stays', () => {
    expect(isTransient(new UnreachableError(new TypeError('Failed to fetch')))).toBe(true);
    expect(isTransient(new Error('bug'))).toBe(false);
  });
});
