import type { ComponentProps, MouseEvent } from 'react';
import styles from './button.module.css';

interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'quiet';
  /** Work is under way: the button keeps its size, its place and the focus, and cannot be pressed again. */
  busy?: boolean;
}

export function Button({
  variant = 'primary',
  busy = false,
  type = 'button',
  onClick,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      // A button that becomes `disabled` would lose the focus, and with it the place of whoever uses the keyboard.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event: MouseEvent) => event.preventDefault() : onClick}
      className={[styles.button, styles[variant], className].filter(Boolean).join(' ')}
    />
  );
}
