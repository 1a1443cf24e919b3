import type { Page } from './client';

/** The items of all pages that are loaded; once each, also where one moved between two requests. */
export function itemsOf<T extends { uuid: string }>(pages: readonly Page<T>[]): T[] {
  const byUuid = new Map<string, T>();
  for (const page of pages) {
    for (const item of page.items) byUuid.set(item.uuid, item);
  }
  return [...byUuid.values()];
}
