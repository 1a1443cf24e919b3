import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Somebody is signed in, and Amplify is not loaded.
vi.mock('@/lib/auth/access-token', () => ({ getAccessToken: vi.fn(() => Promise.resolve('a.b.c')) }));

afterEach(cleanup);
