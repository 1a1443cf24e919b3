import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import type { User } from '@/lib/api/types';

export function getUser(handle: string): Promise<User> {
  return dataOf(api().GET('/api/users/@{handle}/short', { params: { path: { handle } } }));
}

export function userQuery(handle: string) {
  return queryOptions({
    queryKey: ['users', handle, 'short'],
    queryFn: () => getUser(handle),
  });
}

export function useUserByHandle(handle: string) {
  return useQuery(userQuery(handle));
}
