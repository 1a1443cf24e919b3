import { codePoints } from '@/lib/code-points';
import styles from './avatar.module.css';

/** Hues that keep white initials readable on `hsl(h 60% 38%)`. */
const hues = [272, 232, 206, 322, 350, 290, 190, 250];

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
  const sum = codePoints(handle).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const hue = hues[sum % hues.length] ?? 272;
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: `calc(${size} * 0.38)`,
        background: `hsl(${hue} 60% 34%)`,
      }}
    >
      {initials}
    </span>
  );
}
