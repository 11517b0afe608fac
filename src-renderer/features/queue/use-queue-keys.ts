// The keyboard of the queue: one row in the tab order, arrows between rows, letters for what is done with them.
import { useCallback, useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { useApp, useView } from '../app-context.tsx';
import { toggleArchive, togglePin } from '../sidebar/mark-session.ts';
import { markRead } from './mark-queued.ts';

export function useQueueKeys(rows: readonly SessionView[]) {
  const app = useApp();
  const { queue } = useView();
  const list = useRef<HTMLDivElement>(null);
  const [snoozing, setSnoozing] = useState<string | null>(null);
  const current = rows.some(({ id }) => id === queue.cursor) ? queue.cursor : (rows[0]?.id ?? null);
  const change = useCallback(
    (part: Partial<typeof queue>) => app.view.update((view) => ({ ...view, queue: { ...view.queue, ...part } })),
    [app],
  );
  const setCursor = useCallback((cursor: string) => change({ cursor }), [change]);
  const wired = useFocusThatStays({ list, rows, cursor: queue.cursor, setCursor });
  useKeptScroll(list);

  const focusRow = (id: string | undefined): void => {
    if (id !== undefined) rowOf(list.current, id)?.focus();
  };
  const move = (step: number): void => {
    const at = rows.findIndex(({ id }) => id === current);
    focusRow(rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.id);
  };
  const select = (ids: readonly string[]): void => change({ selected: new Set(ids) });
  const toggle = (id: string): void =>
    select(queue.selected.has(id) ? [...queue.selected].filter((one) => one !== id) : [...queue.selected, id]);
  const extend = (step: 1 | -1, from: SessionView): void => {
    const next = rows[rows.findIndex(({ id }) => id === from.id) + step];
    select([...queue.selected, from.id, ...(next === undefined ? [] : [next.id])]);
    focusRow(next?.id);
  };

  /** True when the key meant something. */
  function act(event: KeyboardEvent, session: SessionView): boolean {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (event.shiftKey) extend(step, session);
        else move(step);
        return true;
      }
      case 'j':
      case 'k':
        move(event.key === 'j' ? 1 : -1);
        return true;
      case 'Home':
      case 'End':
        move(event.key === 'Home' ? -rows.length : rows.length);
        return true;
      case 'Enter':
        app.view.go({ kind: 'session', id: session.id }, { focus: true });
        return true;
      case ' ':
        change({ peek: !queue.peek });
        return true;
      case 'x':
        toggle(session.id);
        return true;
      case 'Escape':
        select([]);
        return queue.selected.size > 0;
      case 'z':
        setSnoozing(session.id);
        return true;
      case 'e':
        void markRead(app, session, session.unread);
        return true;
      case '*':
        void togglePin(app, session);
        return true;
      case '#':
        void toggleArchive(app, session);
        return true;
      case 'n':
        app.view.update((view) => ({ ...view, dialog: {} }));
        return true;
      default:
        return false;
    }
  }

  return {
    list,
    wired,
    current,
    setCursor,
    toggle,
    act,
    clear: () => {
      select([]);
      focusRow(current ?? undefined);
    },
    snoozing,
    setSnoozing: (id: string | null) => {
      setSnoozing(id);
      if (id === null) focusRow(current ?? undefined);
    },
  };
}

export const rowOf = (list: HTMLElement | null, id: string): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-row="queue:${CSS.escape(id)}"]`) ?? null;

/** Milliseconds in which a row that came to the keyboard by itself takes no answer: keys on their way were meant for the one before. */
const settling = 350;
const handedAt = new WeakMap<Element, number>();

/** Gives it the keyboard without anybody's doing. */
export function handTo(row: HTMLElement | null | undefined, options?: FocusOptions): void {
  if (row === null || row === undefined) return;
  handedAt.set(row, performance.now());
  row.focus(options);
}

export const isJustHanded = (row: Element): boolean => performance.now() - (handedAt.get(row) ?? -Infinity) < settling;

/** When the row with the keyboard goes, the one that comes after it has the keyboard; nobody who types elsewhere is disturbed. */
function useFocusThatStays({
  list,
  rows,
  cursor,
  setCursor,
}: {
  readonly list: React.RefObject<HTMLDivElement | null>;
  readonly rows: readonly SessionView[];
  readonly cursor: string | null;
  readonly setCursor: (cursor: string) => void;
}) {
  const inside = useRef(true);
  const before = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    const ids = rows.map(({ id }) => id);
    const was = before.current;
    before.current = ids;
    if (document.activeElement !== document.body || !inside.current) return;
    const at = cursor === null ? -1 : was.indexOf(cursor);
    const next = cursor !== null && ids.includes(cursor) ? cursor : (following(was, at, ids) ?? ids[0]);
    if (next === undefined) return;
    setCursor(next);
    handTo(rowOf(list.current, next), { preventScroll: was.length === 0 });
  }, [list, rows, cursor, setCursor]);
  return {
    onFocus: () => {
      inside.current = true;
    },
    onBlur: ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
      if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) inside.current = false;
    },
  };
}

/** The first row after the one at the index that is still there, else the last before it. */
const following = (was: readonly string[], at: number, now: readonly string[]): string | undefined =>
  was.slice(at + 1).find((id) => now.includes(id)) ?? was.slice(0, Math.max(0, at)).findLast((id) => now.includes(id));

/** Back from a session, the list stands where it stood. */
function useKeptScroll(list: React.RefObject<HTMLDivElement | null>): void {
  const app = useApp();
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    element.scrollTo({ top: app.view.get().queue.scroll });
    return () => {
      const scroll = element.scrollTop;
      app.view.update((view) => ({ ...view, queue: { ...view.queue, scroll } }));
    };
  }, [app, list]);
}
