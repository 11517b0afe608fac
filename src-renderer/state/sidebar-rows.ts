// The sidebar as a flat list: projects, and under each its running and failed spawns and its sessions.
import { isCounted } from '#shared/domain/attention.ts';
import { metaProject, metaProjectName } from '#shared/domain/coordinator.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import type { Place } from './view.ts';

export type SidebarRow =
  | {
      readonly kind: 'project';
      readonly key: string;
      readonly id: string;
      readonly name: string;
      readonly closed: boolean;
      readonly problem: string | null;
      readonly sessions: number;
      readonly counts: Counts;
      /** The most urgent state of its sessions: all that a closed or railed project shows. */
      readonly worst: ScreenState | null;
    }
  /** Sessions of all projects together. */
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly group: 'pinned' | 'archive';
      readonly closed: boolean;
      readonly sessions: number;
    }
  | { readonly kind: 'session'; readonly key: string; readonly session: SessionView }
  | { readonly kind: 'spawn'; readonly key: string; readonly spawn: SpawnView };

export interface Counts {
  readonly working: number;
  readonly waiting: number;
  readonly broken: number;
  readonly finished: number;
  /** Everything else: open, and nobody's turn. */
  readonly idle: number;
}

const waiting: ReadonlySet<ScreenState> = new Set(['asks-permission', 'asks-you']);
const broken: ReadonlySet<ScreenState> = new Set(['stuck', 'crashed', 'lost', 'ci-failing', 'conflict']);
const finished: ReadonlySet<ScreenState> = new Set(['done', 'stopped', 'merged']);
const working: ReadonlySet<ScreenState> = new Set(['working', 'starting']);

export function countStates(all: readonly SessionView[]): Counts {
  // Those that are paused are told beside what agents use.
  const sessions = all.filter((session) => !session.archived && session.state !== 'paused' && isCounted(session));
  const count = (states: ReadonlySet<ScreenState>): number => sessions.filter(({ state }) => states.has(state)).length;
  const counts = { working: count(working), waiting: count(waiting), broken: count(broken), finished: count(finished) };
  return { ...counts, idle: sessions.length - Object.values(counts).reduce((sum, one) => sum + one, 0) };
}

export const isEnded = (session: SessionView): boolean =>
  session.exit !== null || finished.has(session.state) || session.state === 'crashed';

/** Most urgent first; the order of the design's combining rule. */
const urgency: readonly ScreenState[] = [
  'asks-permission',
  'asks-you',
  'crashed',
  'lost',
  'stuck',
  'conflict',
  'ci-failing',
  'changes-requested',
  'ready-to-land',
  'landing',
  'starting',
  'working',
  'ci-running',
  'review-pending',
  'pr-open',
  'paused',
  'unknown',
  'idle',
  'removing',
  'stopped',
  'merged',
  'done',
];

export function sidebarRows({
  projects,
  sessions,
  spawns,
  closed,
}: {
  readonly projects: readonly ProjectView[];
  readonly sessions: readonly SessionView[];
  readonly spawns: readonly SpawnView[];
  readonly closed: ReadonlySet<string>;
}): readonly SidebarRow[] {
  // A record may name a project that was removed since: it is shown, under the id that is left of it.
  const named = new Set(projects.map(({ id }) => id));
  const orphans = [...new Set(sessions.map(({ project }) => project))].filter((id) => !named.has(id)).toSorted();
  const groups = [
    ...projects.map(({ id, name, state, problem }) => ({
      id,
      name,
      problem: state === 'degraded' ? (problem ?? 'Not usable') : null,
    })),
    ...orphans.map((id) => ({
      id,
      name: id === metaProject ? metaProjectName : id === '' ? 'No project' : id,
      problem: id === metaProject ? null : 'This project was removed from Athene.',
    })),
  ];
  const spawned = new Set(sessions.map(({ id }) => id));
  const archived = sessions.filter((session) => session.archived);
  const pinned = sessions.filter((session) => session.pinned && !session.archived);
  const ofProjects = groups.flatMap(({ id, name, problem }) => {
    const own = sessions.filter(({ project, archived: away }) => project === id && !away);
    // A spawn that went through is a session; until its row goes, only one of the two is shown.
    const ownSpawns = spawns.filter(
      (spawn) =>
        spawn.input.project === id &&
        !(spawn.state === 'running' && spawn.session !== null && spawned.has(spawn.session) && isPast(own, spawn)),
    );
    const hidden = new Set(ownSpawns.flatMap(({ session }) => (session === null ? [] : [session])));
    const shown = inOrder(own.filter((session) => !(hidden.has(session.id) && session.state === 'starting')));
    const head: SidebarRow = {
      kind: 'project',
      key: `project:${id}`,
      id,
      name,
      closed: closed.has(id),
      problem,
      sessions: shown.length + ownSpawns.length,
      counts: countStates(shown),
      worst: worstState(shown, ownSpawns),
    };
    if (closed.has(id)) return [head];
    return [
      head,
      ...ownSpawns.map((spawn): SidebarRow => ({ kind: 'spawn', key: `spawn:${spawn.request}`, spawn })),
      ...shown.filter((session) => !session.pinned).map(sessionRow),
    ];
  });
  return [
    ...groupRows('pinned', pinned, closed.has(groupSwitches.pinned)),
    ...ofProjects,
    ...groupRows('archive', archived, !closed.has(groupSwitches.archive)),
  ];
}

/** What of the closed projects says that a group was opened or closed; no project's id has a colon. */
export const groupSwitches = { pinned: ':pinned-closed', archive: ':archive-opened' } as const;

function groupRows(
  group: 'pinned' | 'archive',
  sessions: readonly SessionView[],
  closed: boolean,
): readonly SidebarRow[] {
  if (sessions.length === 0) return [];
  const head: SidebarRow = { kind: 'group', key: `group:${group}`, group, closed, sessions: sessions.length };
  return closed ? [head] : [head, ...inOrder(sessions).map(sessionRow)];
}

const sessionRow = (session: SessionView): SidebarRow => ({ kind: 'session', key: `session:${session.id}`, session });

const inOrder = (sessions: readonly SessionView[]): readonly SessionView[] =>
  sessions.toSorted((a, b) => attentionClass(a) - attentionClass(b));

/** What wants somebody first, what has ended last; within a class the order stays, so that rows don't dance. */
const attentionClass = ({ state }: SessionView): number =>
  waiting.has(state) ? 0 : broken.has(state) ? 1 : finished.has(state) ? 3 : 2;

/** The spawn's session has begun to work, so the row of the spawn says nothing more. */
const isPast = (sessions: readonly SessionView[], spawn: SpawnView): boolean =>
  sessions.some(({ id, state }) => id === spawn.session && state !== 'starting');

const spawnStates = {
  queued: 'paused',
  running: 'starting',
  failed: 'crashed',
  cancelled: 'crashed',
  interrupted: 'crashed',
} as const satisfies Record<SpawnView['state'], ScreenState>;

function worstState(sessions: readonly SessionView[], spawns: readonly SpawnView[]): ScreenState | null {
  const states = new Set<ScreenState>(sessions.map(({ state }) => state));
  for (const spawn of spawns) states.add(spawnStates[spawn.state]);
  return urgency.find((state) => states.has(state)) ?? null;
}

export const placeOf = (row: SidebarRow): Place | null => {
  if (row.kind === 'session') return { kind: 'session', id: row.session.id };
  return row.kind === 'spawn' ? { kind: 'spawn', request: row.spawn.request } : null;
};

/** The session or spawn before (-1) or after (1) the present place, in the sidebar's order, round the ends. */
export function neighbour(rows: readonly SidebarRow[], place: Place, step: 1 | -1): Place | null {
  const places = rows.map(placeOf).filter((candidate) => candidate !== null);
  const keys = places.map((candidate) => JSON.stringify(candidate));
  const at = keys.indexOf(JSON.stringify(place));
  const next = at === -1 ? (step === 1 ? 0 : places.length - 1) : (at + step + places.length) % places.length;
  return places[next] ?? null;
}
