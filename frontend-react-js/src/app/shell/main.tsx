import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { ConnectionBanner } from './connection-banner';
import styles from './main.module.css';

interface MainProps {
  /** Whether the page fits the window and scrolls inside, as conversations do; else the window scrolls. */
  fitted?: boolean;
  children: ReactNode;
}

/** A page's content: where the skip link leads, and the keyboard after a navigation. */
export function Main({ fitted = false, children }: MainProps) {
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main);
  return (
    <main ref={main} id="content" tabIndex={-1} className={styles.main} data-fitted={fitted || undefined}>
      <ConnectionBanner />
      <div className={styles.page}>{children}</div>
    </main>
  );
}

/**
 * When the link that was followed is gone with its page, the keyboard goes on from the new page's start. A page that
 * the browser has loaded or gone back to is left alone: there the keyboard starts at the skip link, as on any other site.
 */
function useFocusOnNavigation(main: RefObject<HTMLElement | null>) {
  const { pathname } = useLocation();
  const isOfBrowser = useNavigationType() === NavigationType.Pop;
  useEffect(() => {
    if (isOfBrowser) return;
    const focused = document.activeElement;
    if (focused === document.body || !focused?.checkVisibility())
      main.current?.focus({ preventScroll: true });
  }, [pathname, isOfBrowser, main]);
}
