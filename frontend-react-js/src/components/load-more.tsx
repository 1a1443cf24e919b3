import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import { Button } from './button';
import styles from './load-more.module.css';

interface LoadMoreProps {
  list: Pick<
    UseInfiniteQueryResult,
    'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage'
  >;
  /** What there is more of, for instance `older messages`. */
  what: string;
  /** The box that scrolls, where it is not the page itself. */
  scroller?: RefObject<HTMLElement | null>;
}

/** Loads the next page of a list when scrolling comes near its end, or when asked to by its button. */
export function LoadMore({ list, what, scroller }: LoadMoreProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage || isFetchNextPageError) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage();
      },
      { root: scroller?.current ?? null, rootMargin: '400px 0px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, scroller]);

  if (!hasNextPage) return null;
  return (
    <div ref={end} className={styles.more}>
      {isFetchNextPageError && <p role="alert">More did not load. Try again.</p>}
      <Button variant="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {isFetchingNextPage ? `Loading ${what}…` : `Show ${what}`}
      </Button>
    </div>
  );
}
