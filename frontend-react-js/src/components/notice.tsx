import type { ReactNode } from 'react';
import { describeError } from '@/lib/api/errors';
import { Button } from './button';
import styles from './notice.module.css';

interface NoticeProps {
  title: string;
  /** `h1` where it stands for the whole page. */
  level?: 'h1' | 'h2';
  children?: ReactNode;
  action?: ReactNode;
}

/** What a place says when it has nothing to show: a heading, a sentence, and what to do about it. */
export function Notice({ title, level: Heading = 'h2', children, action }: NoticeProps) {
  return (
    <div className={styles.notice}>
      <Heading className={styles.title}>{title}</Heading>
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
