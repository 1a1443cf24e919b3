import { Link, type LinkProps } from 'react-router';
import styles from './button.module.css';

/** A link that looks like a button: it leads somewhere to do something. */
export function ButtonLink({ className, ...rest }: LinkProps) {
  return <Link {...rest} className={[styles.button, styles.primary, className].filter(Boolean).join(' ')} />;
}
