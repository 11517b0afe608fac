// Keeps the end of something that grows in sight until somebody goes up, and tells when they are near its beginning.

/** CSS pixels: so near an edge counts as at it. */
const [atEnd, atStart] = [40, 200];

export interface AtEnd {
  follow(): void;
  stop(): void;
}

export function keepAtEnd(
  element: HTMLElement,
  { tell, nearTop }: { readonly tell: (following: boolean) => void; readonly nearTop: () => void },
): AtEnd {
  let follows = true;
  const put = (on: boolean): void => {
    if (on !== follows) tell(on);
    follows = on;
  };
  const toEnd = (): void => void (element.scrollTop = element.scrollHeight);
  const onScroll = (): void => {
    put(element.scrollHeight - element.scrollTop - element.clientHeight < atEnd);
    if (element.scrollTop > atStart || follows) return;
    // A browser keeps the place of what is read when something comes in above it, but not from the very top.
    if (element.scrollTop === 0) element.scrollTop = 1;
    nearTop();
  };
  /** What somebody opens near the end stays where it is. */
  const onClick = ({ target }: Event): void => {
    if (target instanceof Element && target.closest('summary') !== null) put(false);
  };
  const observer = new ResizeObserver(() => (follows ? toEnd() : undefined));
  for (const part of [element, element.firstElementChild]) if (part !== null) observer.observe(part);
  element.addEventListener('scroll', onScroll);
  element.addEventListener('click', onClick, { capture: true });
  toEnd();
  return {
    follow() {
      put(true);
      toEnd();
    },
    stop() {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('click', onClick, { capture: true });
    },
  };
}
