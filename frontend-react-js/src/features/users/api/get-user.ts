import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '@/lib/api/client';
import type { UserShort } from '@/lib/api/types';

export function getUserShort(handle: string): Promise<UserShort> {
  return get<UserShort>(`/api/users/@${encodeURIComponent(handle)}/short`);
}

export function userShortQuery(handle: string) {
  return queryOptions({
    queryKey: ['users', handle, 'short'],
    queryFn: () => getUserShort(handle),
  });
}

export function useUserShort(handle: string) {
  return useQuery(userShortQuery(handle));
}
