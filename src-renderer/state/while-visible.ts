/** Keeps something going only while somebody can see the page: what is measured for nobody costs for nothing. Returns the way to stop. */
export function whileVisible(start: () => () => void, page: Document = document): () => void {
  let stop: (() => void) | null = null;
  const settle = (): void => {
    if (page.hidden && stop !== null) {
      stop();
      stop = null;
    } else if (!page.hidden) {
      stop ??= start();
    }
  };
  page.addEventListener('visibilitychange', settle);
  settle();
  return () => {
    page.removeEventListener('visibilitychange', settle);
    stop?.();
  };
}
