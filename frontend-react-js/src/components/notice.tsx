import type { ReactNode } from 'react';
import { describeError } from '@/lib/api/errors';
import { Button } from './button';
import styles from './notice.module.css';

/** What a place says when it has nothing to show: a heading, a sentence, and what to do about it. */
export function Notice({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <h2 className={styles.title}>{title}</h2>
      {children && <p className={styles.text}>{children}</p>}
      {action}
    </div>
  );
}

interface ErrorNoticeProps {
  title: string;
  error: unknown;
  onRetry: () => unknown;
  retrying?: boolean;
}

/** Says what failed and offers to try again. */
export function ErrorNotice({ title, error, onRetry, retrying = false }: ErrorNoticeProps) {
  return (
    <div role="alert">
      <Notice
        title={title}
        action={
          <Button variant="quiet" busy={retrying} onClick={() => void onRetry()}>
            {retrying ? 'Trying…' : 'Try again'}
          </Button>
        }
      >
        {describeError(error)}
      </Notice>
    </div>
  );
}
