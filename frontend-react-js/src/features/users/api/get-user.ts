import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '@/lib/api/client';
import type { User } from '@/lib/api/types';

export function getUser(handle: string): Promise<User> {
  return get<User>(`/api/users/@${encodeURIComponent(handle)}/short`);
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
