// A coordinator and those below it, as rows of a tree; and how far they have come. Pure.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { attentionClass, brokenStates, waitingStates, workingStates } from './attention-class.ts';
import { parentOf } from './leaders.ts';

export const treeFilters = ['all', 'waiting', 'broken', 'working', 'done'] as const;
export type TreeFilter = (typeof treeFilters)[number];

/** Of the workers below a coordinator, on all levels. */
export interface Progress {
  readonly done: number;
  /** Without those that somebody stopped: nobody expects an end of them. */
  readonly of: number;
  readonly waiting: number;
  readonly broken: number;
}

export type TreeRow =
  | {
      readonly kind: 'session';
      readonly key: string;
      readonly session: SessionView;
      /** From 1. */
      readonly level: number;
      /** Null: nothing is below it. */
      readonly open: boolean | null;
      /** Null: it leads nobody. */
      readonly progress: Progress | null;
      /** In the same projects, and led by somebody else. */
      readonly elsewhere: boolean;
    }
  /** Over those that others lead. */
  | {
      readonly kind: 'others';
      readonly key: string;
      readonly level: 2;
      readonly open: boolean;
      readonly count: number;
    };

export const othersKey = ':others';

export interface TreeStand {
  readonly filter: TreeFilter;
  /** Ids whose rows were closed; {@link othersKey} was opened. */
  readonly switched: ReadonlySet<string>;
}

export function treeOf(root: SessionView, all: readonly SessionView[], stand: TreeStand): readonly TreeRow[] {
  const family = familyOf(root, all);
  const grow = (session: SessionView, level: number, elsewhere: boolean): readonly TreeRow[] => {
    const below = family.childrenOf(session.id);
    const rows = below.flatMap((child) => grow(child, level + 1, elsewhere));
    if (!matches(session, stand.filter) && rows.length === 0 && session !== root) return [];
    // What is looked for is shown wherever it is.
    const open = stand.filter !== 'all' || !stand.switched.has(session.id);
    const row: TreeRow = {
      ...{ kind: 'session', key: session.id, session, level, elsewhere },
      open: below.length === 0 ? null : open,
      progress: isCoordinator(session.kind) ? progressOf(family.below(session.id)) : null,
    };
    return open ? [row, ...rows] : [row];
  };
  const others = family.others.flatMap((session) => grow(session, 3, true));
  if (others.length === 0) return grow(root, 1, false);
  const open = stand.filter !== 'all' || stand.switched.has(othersKey);
  const head: TreeRow = { kind: 'others', key: othersKey, level: 2, open, count: family.countOthers };
  return [...grow(root, 1, false), head, ...(open ? others : [])];
}

export const ledBelow = (root: SessionView, all: readonly SessionView[]): readonly SessionView[] =>
  familyOf(root, all).below(root.id);

function familyOf(root: SessionView, all: readonly SessionView[]) {
  const inOrder = inOrderOf(root.leads ?? []);
  const byParent = Map.groupBy(all, (session) => (session === root ? null : (parentOf(session, all)?.id ?? null)));
  const childrenOf = (id: string): readonly SessionView[] => inOrder(byParent.get(id) ?? []);
  const below = (id: string, seen: ReadonlySet<string> = new Set([id])): readonly SessionView[] =>
    childrenOf(id)
      .filter((child) => !seen.has(child.id))
      .flatMap((child) => [child, ...below(child.id, new Set([...seen, child.id]))]);
  const mine = new Set([root.id, ...below(root.id).map(({ id }) => id)]);
  const scope = new Set(root.leads);
  const strangers = all.filter(
    ({ id, kind, project }) => !mine.has(id) && kind !== 'meta-orchestrator' && scope.has(project),
  );
  const known = new Set(strangers.map(({ id }) => id));
  return {
    childrenOf: (id: string) => childrenOf(id).filter((child) => child.id !== root.id),
    below,
    others: inOrder(strangers.filter((session) => !known.has(parentOf(session, all)?.id ?? ''))),
    countOthers: strangers.length,
  };
}

/** Those that lead first, in the order of the projects; then what wants somebody, and what has ended last. */
const inOrderOf =
  (leads: readonly string[]) =>
  (sessions: readonly SessionView[]): readonly SessionView[] => {
    const rank = ({ kind, project, state }: SessionView): number =>
      isCoordinator(kind) ? leads.indexOf(project) - leads.length : attentionClass(state);
    return sessions.toSorted((a, b) => rank(a) - rank(b));
  };

const doneStates: ReadonlySet<ScreenState> = new Set(['done', 'merged']);

export function progressOf(below: readonly SessionView[]): Progress {
  const workers = below.filter(({ kind, state }) => !isCoordinator(kind) && state !== 'stopped');
  const count = (states: ReadonlySet<ScreenState>): number => workers.filter(({ state }) => states.has(state)).length;
  return { done: count(doneStates), of: workers.length, waiting: count(waitingStates), broken: count(brokenStates) };
}

const states: Readonly<Record<Exclude<TreeFilter, 'all'>, ReadonlySet<ScreenState>>> = {
  waiting: waitingStates,
  broken: brokenStates,
  working: workingStates,
  done: doneStates,
};

const matches = ({ state }: SessionView, filter: TreeFilter): boolean => filter === 'all' || states[filter].has(state);
