import { codePoints } from '@/lib/code-points';
import styles from './avatar.module.css';

/** Hues that differ at a glance. White initials have a contrast of 4.7 and more on `hsl(h 55% 32%)`. */
const hues = [0, 30, 90, 140, 175, 205, 230, 260, 290, 325];

/** Spreads handles over the hues, also those that have the same letters. */
function hueOf(handle: string): number {
  const hash = codePoints(handle).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  return hues[hash % hues.length] ?? 260;
}

/** Initials on a colour that belongs to the handle. Decoration: the name stands beside it. */
export function Avatar({
  handle,
  displayName,
  size = '2.5rem',
}: {
  handle: string;
  displayName: string;
  size?: string;
}) {
  const initials = displayName
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => codePoints(word)[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: `calc(${size} * 0.38)`,
        background: `hsl(${hueOf(handle)} 55% 32%)`,
      }}
    >
      {initials}
    </span>
  );
}
