import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import type { User } from '@/lib/api/types';

export function findUsers(prefix: string): Promise<User[]> {
  return dataOf(api().GET('/api/users', { params: { query: { q: prefix } } }));
}

/** Up to ten people whose handle or name begins like this. */
export function usersQuery(prefix: string) {
  return queryOptions({
    queryKey: ['users', { prefix }],
    queryFn: () => findUsers(prefix),
    staleTime: 60_000,
    // Suggestions help; a handle can be typed without them.
    retry: false,
  });
}

export function useUsers(prefix: string) {
  return useQuery({ ...usersQuery(prefix), enabled: prefix !== '', placeholderData: keepPreviousData });
}
