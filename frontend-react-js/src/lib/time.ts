/** English text everywhere, with the person's own English where they have one (12 or 24 hours, day before month). */
const locale = englishOf(navigator.language);

function englishOf(language: string): string {
  try {
    return language.startsWith('en') ? new Intl.Locale(language).toString() : 'en';
  } catch {
    // A browser without a locale of its own may name one that is no language tag, for instance `en-US@posix`.
    return 'en';
  }
}

const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const longDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const shortDateWithYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const until = new Intl.RelativeTimeFormat(locale);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Orders two timestamps; microseconds count, which `Date` does not keep. */
export function compareTimes(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b) || a.localeCompare(b);
}

export function clockTime(timestamp: string): string {
  return clock.format(Date.parse(timestamp));
}

export function fullTime(timestamp: string): string {
  return full.format(Date.parse(timestamp));
}

/** How long ago, as short as a list row wants it: `now`, `5m`, `3h`, `2d`, `14 Nov`, `14 Nov 2024`. */
export function relativeTime(timestamp: string, now: number): string {
  const then = Date.parse(timestamp);
  const age = now - then;
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d`;
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? shortDate : shortDateWithYear).format(then);
}

/** How long until a moment that is to come, in words: `in 3 days`, `in 12 hours`, `in 1 minute`. */
export function timeUntil(timestamp: string, now: number): string {
  const left = Math.max(0, Date.parse(timestamp) - now);
  const minutes = Math.ceil(left / MINUTE);
  if (minutes < 60) return until.format(Math.max(1, minutes), 'minute');
  const hours = Math.round(left / HOUR);
  if (hours < 24) return until.format(hours, 'hour');
  return until.format(Math.round(left / DAY), 'day');
}

/** The local calendar day of a timestamp, for comparing days. */
export function dayKey(timestamp: string | number): string {
  const date = new Date(timestamp);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** The first millisecond of the local calendar day. */
export function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** A day separator: `Today`, `Yesterday`, `Sunday 22 November`, `22 November 2025`. */
export function dayName(timestamp: string, now: number): string {
  const key = dayKey(timestamp);
  if (key === dayKey(now)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (key === dayKey(yesterday.getTime())) return 'Yesterday';
  const date = new Date(timestamp);
  return (date.getFullYear() === new Date(now).getFullYear() ? weekday : longDate).format(date);
}
