// Notices when somebody comes back after a long time.
import { longAway } from '#shared/domain/away.ts';
import type { ViewState } from './view.ts';

/** Returns the way to stop. */
export function watchAway({
  view,
  page = window,
  now = Date.now,
}: {
  readonly view: Pick<ViewState, 'update'>;
  readonly page?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  readonly now?: () => number;
}): () => void {
  let left: number | null = null;
  const leave = (): void => {
    left ??= now();
  };
  const back = (): void => {
    if (left !== null && now() - left > longAway) {
      const away = { from: left, to: now() };
      view.update((before) => ({ ...before, away }));
    }
    left = null;
  };
  page.addEventListener('blur', leave);
  page.addEventListener('focus', back);
  return () => {
    page.removeEventListener('blur', leave);
    page.removeEventListener('focus', back);
  };
}
