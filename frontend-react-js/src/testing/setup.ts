import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

// Somebody is signed in, and Amplify is not loaded.
vi.mock('@/lib/auth/access-token', () => ({
  getAccessToken: vi.fn(() => Promise.resolve('a.b.c')),
  setTokenOwner: vi.fn(),
  tokenOwner: vi.fn(),
}));

beforeEach(() => {
  // What jsdom lacks: a mouse, and a window that nothing scrolls into.
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
});

afterEach(cleanup);
