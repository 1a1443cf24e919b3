import { beforeEach, describe, expect, it, vi } from 'vitest';
import { admitPerson, forgetPerson, personalStorage } from './storage';

beforeEach(() => sessionStorage.clear());

describe('Personal storage', () => {
  it('is removed for whoever comes next', () => {
    expect(admitPerson('one')).toBe(false);
    personalStorage('one').set('draft', 'secret');
    expect(admitPerson('two')).toBe(true);
    expect(personalStorage('one').get('draft')).toBeUndefined();
    expect(admitPerson('two')).toBe(false);
  });

  it('takes nothing from a person who has signed out, until they sign in again', () => {
    admitPerson('one');
    forgetPerson('one');
    personalStorage('one').set('outbox', 'secret');
    expect(JSON.stringify(sessionStorage)).not.toContain('secret');
    admitPerson('one');
    personalStorage('one').set('outbox', 'again');
    expect(personalStorage('one').get('outbox')).toBe('again');
  });

  it('leaves alone what is not Cruddur’s', () => {
    sessionStorage.setItem('other', 'stays');
    admitPerson('one');
    forgetPerson('one');
    expect(sessionStorage.getItem('other')).toBe('stays');
  });

  it('keeps a value for this page when the browser has no room for it', () => {
    const storage = personalStorage('two');
    storage.set('draft', 'old');
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    storage.set('draft', 'new');
    expect(storage.get('draft')).toBe('new');
    expect(sessionStorage.getItem('cruddur.two.draft')).toBeNull();
    full.mockRestore();
    storage.set('draft', undefined);
    expect(storage.get('draft')).toBeUndefined();
  });

  it('works in a browser that forbids storage', () => {
    vi.stubGlobal('sessionStorage', {
      getItem: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
      removeItem: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    const storage = personalStorage('three');
    expect(storage.get('draft')).toBeUndefined();
    storage.set('draft', 'text');
    expect(storage.get('draft')).toBe('text');
    forgetPerson('three');
    expect(storage.get('draft')).toBeUndefined();
  });
});
