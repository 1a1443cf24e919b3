import type { DataTag, QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Changes what is cached, and changes it again after a read that is under way: its answer may have been made before.
 * @param change makes no difference to data that has the change already
 */
export function changeCached<T>(
  queryClient: QueryClient,
  queryKey: DataTag<QueryKey, T, Error>,
  change: (data: T) => T,
): void {
  const apply = () => queryClient.setQueryData<T>(queryKey, (data) => data && change(data));
  apply();
  const reading = queryClient.getQueryCache().find({ queryKey })?.promise;
  void reading?.then(apply, () => undefined);
}
