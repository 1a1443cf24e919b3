import type { Ttl } from '@/lib/api/types';

/** The lifetimes of a crud that the API offers, the shortest first. */
export const ttlNames: Record<Ttl, string> = {
  '1-hour': '1 hour',
  '3-hours': '3 hours',
  '12-hours': '12 hours',
  '1-day': '1 day',
  '3-days': '3 days',
  '7-days': '7 days',
  '30-days': '30 days',
};

const defaultTtl: Ttl = '7-days';

/** A stored lifetime, or the default one where the text is none that the API offers. */
export function knownTtl(text: string | undefined): Ttl {
  return text !== undefined && text in ttlNames ? (text as Ttl) : defaultTtl;
}
