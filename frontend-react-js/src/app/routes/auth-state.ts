import { useLocation } from 'react-router';

/** What one page of signing in or up hands to the next, in the history entry rather than the address. */
interface AuthState {
  username?: string;
  notice?: string;
}

export function useAuthState(): { username: string; notice: string | undefined } {
  const state = useLocation().state as AuthState | null;
  return { username: state?.username ?? '', notice: state?.notice };
}
