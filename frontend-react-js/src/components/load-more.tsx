import { useEffect, useRef, type RefObject } from 'react';
import { Button } from './button';
import styles from './load-more.module.css';

/** The part of a list that is not loaded yet. */
export interface More {
  hasMore: boolean;
  isLoading: boolean;
  /** Nothing is loaded by itself now: a request for this list is under way, and another one would cancel it. */
  isBusy: boolean;
  /** The last attempt failed. */
  isError: boolean;
  load: () => unknown;
}

interface LoadMoreProps {
  more: More;
  /** What there is more of, for instance `older messages`. */
  what: string;
  /** The box that scrolls, where it is not the page itself. */
  scroller?: RefObject<HTMLElement | null>;
}

/** Loads more of a list when scrolling comes near its end, or with its button. */
export function LoadMore({ more, what, scroller }: LoadMoreProps) {
  const { hasMore, isLoading, isBusy, isError, load } = more;
  const end = useRef<HTMLDivElement>(null);
  const latestLoad = useRef(load);
  const loadsByItself = hasMore && !isBusy && !isError;

  useEffect(() => {
    latestLoad.current = load;
  });

  useEffect(() => {
    if (!end.current || !loadsByItself) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latestLoad.current();
      },
      { root: scroller?.current ?? null, rootMargin: '400px 0px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [loadsByItself, scroller]);

  if (!hasMore) return null;
  return (
    <div ref={end} className={styles.more}>
      {isError && <p role="alert">More did not load. Try again.</p>}
      <Button variant="quiet" busy={isLoading} onClick={() => load()}>
        {isLoading ? `Loading ${what}…` : `Show ${what}`}
      </Button>
    </div>
  );
}
