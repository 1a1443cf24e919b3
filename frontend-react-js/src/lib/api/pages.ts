import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Page } from './client';

/** The items of all pages that are loaded; once each, also where one moved between two requests. */
export function itemsOf<T extends { uuid: string }>(pages: readonly Page<T>[]): T[] {
  const seen = new Set<string>();
  return pages
    .flatMap((page) => page.items)
    .filter(({ uuid }) => {
      const isFirst = !seen.has(uuid);
      seen.add(uuid);
      return isFirst;
    });
}

/** The pages of a list that are not loaded yet. A refetch that is under way finishes first, which `isBusy` says. */
export function morePages(
  list: Pick<
    UseInfiniteQueryResult,
    'hasNextPage' | 'isFetchingNextPage' | 'isFetching' | 'isFetchNextPageError' | 'fetchNextPage'
  >,
) {
  return {
    hasMore: list.hasNextPage,
    isLoading: list.isFetchingNextPage,
    isBusy: list.isFetching,
    isError: list.isFetchNextPageError,
    load: () => void list.fetchNextPage({ cancelRefetch: false }),
  };
}
