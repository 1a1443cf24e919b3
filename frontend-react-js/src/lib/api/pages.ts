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
