/** Milliseconds after which one page is asked for again while no live events flow. */
export const POLL_INTERVAL = 5000;
