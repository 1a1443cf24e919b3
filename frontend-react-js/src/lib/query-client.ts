import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isHandleRefused, isTransient, isUnauthorized } from '@/lib/api/errors';
import { endSession, refuseHandle } from '@/lib/auth/session';

// A change of the cache and what follows it reach the screen together: no frame shows one without the other.
notifyManager.setScheduler(queueMicrotask);

/**
 * Server state of the whole app. A 401 from anywhere ends the session, which leads to the sign-in page; a handle
 * that the API does not take leads to choosing another.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isUnauthorized(error)) void endSession(queryClient, 'expired');
    if (isHandleRefused(error)) refuseHandle(queryClient);
  };

  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Locally everything is on this machine: being offline does not mean that the API is unavailable.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isTransient(error),
        retryDelay: (attempt, error) =>
          error instanceof ApiError && error.retryAfter !== undefined
            ? error.retryAfter * 1000
            : 500 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return queryClient;
}
