import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '@/lib/api/client';
import type { UserShort } from '@/lib/api/types';

export function getUserShort(handle: string, signal?: AbortSignal): Promise<UserShort> {
  return get<UserShort>(`/api/users/@${encodeURIComponent(handle)}/short`, { signal });
}

export function userShortQuery(handle: string) {
  return queryOptions({
    queryKey: ['users', handle, 'short'],
    queryFn: ({ signal }) => getUserShort(handle, signal),
  });
}

export function useUserShort(handle: string) {
  return useQuery(userShortQuery(handle));
}
