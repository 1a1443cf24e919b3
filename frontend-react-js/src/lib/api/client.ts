import createClient from 'openapi-fetch';
import { env } from '@/config/env';
import { send } from './request';
import type { paths } from './schema';

/** The API by its routes, typed by its OpenAPI document. Requests fail as `send` says; `dataOf` and `pageOf` read answers. */
export function api() {
  return createClient<paths>({ baseUrl: env().backendUrl, fetch: send });
}

export interface Page<T> {
  items: T[];
  /** Cursor of the page before this one in time; undefined at the beginning. */
  older: string | undefined;
  /** Cursor of the page after this one in time, which may still be empty. */
  newer: string | undefined;
}

interface Answer<T> {
  data?: T;
  response: Response;
}

/** The body of an answer. */
export async function dataOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, response } = await answer;
  if (data === undefined) throw new Error(`${response.url} answered without a body`);
  return data;
}

/** The body of an answer that is a page of a list, with the cursors of its `Link` header. */
export async function pageOf<T>(answer: Promise<Answer<T[]>>): Promise<Page<T>> {
  const { data = [], response } = await answer;
  const link = response.headers.get('Link');
  return { items: data, older: cursorOf(link, 'next'), newer: cursorOf(link, 'prev') };
}

/** The cursor in a relation of a Link header (RFC 8288), whether its target is absolute or relative. */
export function cursorOf(header: string | null, relation: 'next' | 'prev'): string | undefined {
  for (const [, target, parameters] of header?.matchAll(/<([^>]*)>([^<]*)/g) ?? []) {
    if (target && new RegExp(`;\\s*rel="?${relation}"?`, 'i').test(parameters ?? ''))
      return new URL(target, env().backendUrl).searchParams.get('cursor') ?? undefined;
  }
  return undefined;
}
