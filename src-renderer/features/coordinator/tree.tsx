// Who spawned whom, with states: arrows move, left and right close and open, Enter goes there.
import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { treeOf, type TreeRow } from '../../state/led-tree.ts';
import type { PanelStand } from '../../state/view.ts';
import { useApp, useStore } from '../app-context.tsx';
import { OthersRow, SessionTreeRow } from './tree-row.tsx';

export function Tree({
  root,
  stand,
  change,
}: {
  readonly root: SessionView;
  readonly stand: PanelStand;
  readonly change: (next: Partial<PanelStand>) => void;
}) {
  const { view, sessions: store } = useApp();
  const sessions = useStore(store);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeOf(root, sessions ?? [], stand), [root, sessions, stand]);
  const tabStop = rows.some(({ key }) => key === stand.cursor) ? stand.cursor : root.id;
  const isAlone = rows.length === 1 && stand.filter === 'all';

  const focus = (key: string | undefined): void => {
    if (key !== undefined) list.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(key)}"]`)?.focus();
  };
  const toggle = (key: string): void => {
    const switched = new Set(stand.switched);
    if (!switched.delete(key)) switched.add(key);
    change({ switched });
  };
  const open = (row: TreeRow, focusIt: boolean): void => {
    if (row.kind === 'others') toggle(row.key);
    else view.go({ kind: 'session', id: row.session.id }, { focus: focusIt });
  };
  /** Rows keep what they are given, so that one that changes is drawn and the others are not. */
  const rowAt = (target: EventTarget): TreeRow | undefined => {
    const node = target instanceof Element ? target.closest<HTMLElement>('[data-node]') : null;
    return rows.find(({ key }) => key === node?.dataset['node']);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex(({ key }) => key === tabStop);
    const row = rows[at];
    if (row !== undefined && act(event.key, row, at)) event.preventDefault();
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-1.5 py-1.5">
      <div
        ref={list}
        role="tree"
        aria-label={`Led by ${root.name}`}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const key = rowAt(target)?.key;
          if (key !== undefined && key !== stand.cursor) change({ cursor: key });
        }}
        onClick={({ target, detail }) => {
          const row = rowAt(target);
          if (row === undefined) return;
          if (isSwitch(target) && row.open !== null) toggle(row.key);
          else open(row, detail === 2);
        }}
      >
        {rows.map(({ key, ...row }) => {
          const wired = { node: key, tabIndex: key === tabStop ? 0 : -1 };
          if (row.kind === 'others') return <OthersRow key={key} {...row} {...wired} />;
          const { session, level, open: isOpen, progress, elsewhere } = row;
          return (
            <SessionTreeRow
              key={key}
              {...{ session, level, open: isOpen, progress, elsewhere, ...wired }}
              ofProjects={root.kind === 'meta-orchestrator'}
            />
          );
        })}
      </div>
      {isAlone ? (
        <p className="px-3 py-2 text-faint">Nobody works for it yet. What it spawns appears here, with its state.</p>
      ) : null}
      {rows.length === 1 && stand.filter !== 'all' ? (
        <p className="px-3 py-2 text-faint">None of them is in such a state now.</p>
      ) : null}
    </div>
  );

  /** True when the key meant something. */
  function act(key: string, row: TreeRow, at: number): boolean {
    switch (key) {
      case 'ArrowDown':
        focus(rows[at + 1]?.key);
        return true;
      case 'ArrowUp':
        focus(rows[at - 1]?.key);
        return true;
      case 'Home':
        focus(rows[0]?.key);
        return true;
      case 'End':
        focus(rows.at(-1)?.key);
        return true;
      case 'ArrowRight':
        if (row.open === false) toggle(row.key);
        else if (row.open === true) focus(rows[at + 1]?.key);
        return true;
      case 'ArrowLeft':
        // Under a filter nothing is closed.
        if (row.open === true && stand.filter === 'all') toggle(row.key);
        else focus(rows.slice(0, at).findLast(({ level }) => level < row.level)?.key);
        return true;
      case 'Enter':
        open(row, true);
        return true;
      default:
        return false;
    }
  }
}

/** What closes and opens a row. */
const isSwitch = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[data-switch]') !== null;
