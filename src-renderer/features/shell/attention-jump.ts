// To the next that waits, and back to where somebody was before the first jump: place, terminal, and what had the keyboard.
import { attentionOrder } from '#shared/domain/queue.ts';
import type { App } from '../../state/app.ts';
import { samePlace, type FocusMark, type View } from '../../state/view.ts';
import { ownWindowOf } from '../../state/windows.ts';

/** The longest waiting one; from a waiting one, the next after it. False when nobody waits. */
export function jumpToNext({ view, sessions, windows, desktop }: App, page: Document = document): boolean {
  const waiting = attentionOrder(sessions.get() ?? [], Date.now());
  const { place } = view.get();
  const at = place.kind === 'session' ? waiting.findIndex(({ id }) => id === place.id) : -1;
  const next = waiting[(at + 1) % Math.max(1, waiting.length)];
  if (next === undefined) return false;
  const origin = originOf(view.get(), next.id, page);
  const toCard = (next.question?.choices.length ?? 0) > 0;
  view.update((now) => ({ ...now, origin, terminals: without(now.terminals, next.id) }));
  view.go({ kind: 'session', id: next.id }, { focus: !toCard });
  if (toCard) view.update((now) => ({ ...now, focusCard: now.focusCard + 1 }));
  // Its terminal is there; a browser lets a window come forward only for a click in this one.
  if (desktop !== null && ownWindowOf(next.id, windows.all.get(), windows.self.get()) !== null) windows.popOut(next.id);
  return true;
}

/** False when nobody has jumped. */
export function jumpBack({ view }: App, page: Document = document): boolean {
  const { origin } = view.get();
  if (origin === null) return false;
  const { place, terminals, sheet, focus } = origin;
  view.go(place, { focus: focus === 'terminal' });
  view.update((now) => ({ ...now, terminals, sheet, origin: null }));
  if (focus !== null && focus !== 'terminal') focusWhenThere(focus.selector, page);
  return true;
}

/** A jump from where the last one led goes on with its chain. */
function originOf(now: View, next: string, page: Document): View['origin'] {
  const { origin, place, terminals, sheet } = now;
  if (origin !== null && samePlace(place, { kind: 'session', id: origin.at })) return { ...origin, at: next };
  return { place, terminals, sheet, focus: focusMark(page), at: next };
}

/** The agent's own terminal is the one that asks. */
function without(terminals: View['terminals'], session: string): View['terminals'] {
  return new Map([...terminals].filter(([id]) => id !== session));
}

function focusMark({ activeElement }: Document): FocusMark {
  if (activeElement === null) return null;
  if (activeElement.closest('.xterm') !== null) return 'terminal';
  const row = activeElement.closest('[data-row]')?.getAttribute('data-row');
  if (row !== undefined && row !== null) return { selector: `[data-row="${CSS.escape(row)}"]` };
  const kept = activeElement.closest('[data-focus]')?.getAttribute('data-focus');
  return kept === undefined || kept === null ? null : { selector: `[data-focus="${CSS.escape(kept)}"]` };
}

/** Frames in which the page may still be drawing what is to have the keyboard. */
const patience = 30;

function focusWhenThere(selector: string, page: Document, left = patience): void {
  requestAnimationFrame(() => {
    const element = page.querySelector<HTMLElement>(selector);
    if (element !== null) element.focus();
    else if (left > 0) focusWhenThere(selector, page, left - 1);
  });
}
