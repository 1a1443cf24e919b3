import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useLocation } from 'react-router';
import type { More } from '@/components/load-more';
import { useUser } from '@/lib/auth/session';
import { personalStorage } from '@/lib/storage';

/** Pixels from the newest message within which there is no place to remember. */
const AT_NEWEST = 50;
/** The most pages that are loaded to find a remembered place again. */
const MAX_PAGES = 10;

/** What somebody was reading: a message, and where its top stood in the scroll box. */
interface Place {
  /** The entry of the browser's history: another visit begins at the newest message. */
  visit: string;
  uuid: string;
  top: number;
}

/**
 * Remembers what is being read in a conversation, and shows it again after going back or reloading. The message is remembered
 * rather than the scroll position, because messages may have arrived since.
 */
export function usePlace(
  scroller: RefObject<HTMLElement | null>,
  messageGroupUuid: string,
  older: More,
): void {
  const { id } = useUser();
  const { key: visit } = useLocation();
  const name = `place.${messageGroupUuid}`;
  const [remembered] = useState(() => parse(personalStorage(id).get(name), visit));
  const sought = useRef(remembered);
  const pagesLeft = useRef(MAX_PAGES);

  // After every render, until the message is there.
  useLayoutEffect(() => {
    const [box, place] = [scroller.current, sought.current];
    if (!box || !place) return;
    const message = box.querySelector(`[data-uuid="${CSS.escape(place.uuid)}"]`);
    if (message) {
      box.scrollTop += message.getBoundingClientRect().top - box.getBoundingClientRect().top - place.top;
      sought.current = undefined;
    } else if (!older.hasMore || older.isError || pagesLeft.current === 0) {
      sought.current = undefined;
    } else if (!older.isBusy) {
      pagesLeft.current -= 1;
      older.load();
    }
  });

  // A layout effect, because it ends while the messages are still in the page.
  useLayoutEffect(() => {
    const box = scroller.current;
    const remember = () => {
      // A place that is still being looked for stays the remembered one.
      if (!box || sought.current) return;
      const place = placeIn(box);
      personalStorage(id).set(name, place && JSON.stringify({ ...place, visit }));
    };
    window.addEventListener('pagehide', remember);
    return () => {
      window.removeEventListener('pagehide', remember);
      remember();
    };
  }, [scroller, id, name, visit]);
}

/** The first message that is in sight, unless that is the newest end. */
function placeIn(box: HTMLElement): Omit<Place, 'visit'> | undefined {
  if (box.scrollTop > -AT_NEWEST) return undefined;
  const { top } = box.getBoundingClientRect();
  for (const message of box.querySelectorAll<HTMLElement>('[data-uuid]')) {
    const bounds = message.getBoundingClientRect();
    if (bounds.bottom > top) return { uuid: message.dataset.uuid ?? '', top: bounds.top - top };
  }
  return undefined;
}

function parse(text: string | undefined, visit: string): Place | undefined {
  const place = text === undefined ? undefined : (JSON.parse(text) as Place);
  return place?.visit === visit ? place : undefined;
}
