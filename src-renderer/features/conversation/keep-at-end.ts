// Keeps the end of something that grows in sight until somebody goes up, and tells when they are near its beginning. A place that moves by itself
// means nothing: rows get their heights only once they are near, and more may have come meanwhile. So it is what a person does that counts.

/** CSS pixels: so near an edge counts as at it. */
const [atEnd, atStart] = [40, 200];
const keysUp: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);
const keysDown: ReadonlySet<string> = new Set(['ArrowDown', 'PageDown', 'End']);

export interface AtEnd {
  follow(): void;
  stop(): void;
}

export function keepAtEnd(
  element: HTMLElement,
  { tell, nearTop }: { readonly tell: (following: boolean) => void; readonly nearTop: () => void },
): AtEnd {
  let follows = true;
  /** They have begun to go up, and the end is still in sight. */
  let leaving = false;
  const put = (on: boolean): void => {
    if (on !== follows) tell(on);
    follows = on;
  };
  const toEnd = (): void => void (element.scrollTop = element.scrollHeight);
  const leave = (): void => {
    if (element.scrollHeight <= element.clientHeight) return;
    leaving = true;
    put(false);
  };
  const goDown = (): void => void (leaving = false);
  const onScroll = (): void => {
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < atEnd;
    if (!isAtEnd) leaving = false;
    else if (!leaving) put(true);
    if (element.scrollTop > atStart || follows) return;
    // A browser keeps the place of what is read when something comes in above it, but not from the very top.
    if (element.scrollTop === 0) element.scrollTop = 1;
    nearTop();
  };
  const listeners: Readonly<Record<string, (event: Event) => void>> = {
    scroll: onScroll,
    wheel: (event) => (event instanceof WheelEvent && event.deltaY < 0 ? leave() : goDown()),
    touchmove: leave,
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      if (keysUp.has(event.key)) leave();
      if (keysDown.has(event.key)) goDown();
    },
    // The scroll bar, and nothing in it.
    pointerdown: ({ target }) => (target === element ? leave() : undefined),
    // What has the keyboard stays where it is, and what somebody opens.
    focusin: ({ target }) => (target === element ? undefined : leave()),
  };
  const observer = new ResizeObserver(() => (follows ? toEnd() : undefined));
  for (const part of [element, element.firstElementChild]) if (part !== null) observer.observe(part);
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener, { passive: true });
  toEnd();
  return {
    follow() {
      leaving = false;
      put(true);
      toEnd();
    },
    stop() {
      observer.disconnect();
      for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener);
    },
  };
}
