// The sidebar as a flat list: projects, and under each its running and failed spawns and its sessions.
import { isCounted } from '#shared/domain/attention.ts';
import { isCoordinator, metaProject } from '#shared/domain/coordinator.ts';
import type { ProjectColour } from '#shared/domain/project-colour.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { attentionClass, brokenStates, finishedStates, waitingStates, workingStates } from './attention-class.ts';
import { ledBelow, progressOf, type Progress } from './led-tree.ts';
import type { Place } from './view.ts';

export type SidebarRow =
  | {
      readonly kind: 'project';
      readonly key: string;
      readonly id: string;
      readonly name: string;
      readonly closed: boolean;
      readonly problem: string | null;
      /** Null: the project was removed. */
      readonly colour: ProjectColour | null;
      /** One that leads could be started: it can be used, and has none. */
      readonly startable: boolean;
      /** Without those that lead. */
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
  /** One that leads: over its project's sessions, or over all projects. */
  | {
      readonly kind: 'coordinator';
      readonly key: string;
      readonly session: SessionView;
      /** Of those below it; null for one of a project, under which they stand. */
      readonly progress: Progress | null;
    }
  /** The place of a project's orchestrator, which it has not. */
  | { readonly kind: 'no-orchestrator'; readonly key: string; readonly project: string; readonly name: string }
  /** Configured, and not started. */
  | { readonly kind: 'idle-meta'; readonly key: string; readonly name: string }
  | { readonly kind: 'spawn'; readonly key: string; readonly spawn: SpawnView };

export interface Counts {
  readonly working: number;
  readonly waiting: number;
  readonly broken: number;
  readonly finished: number;
  /** Everything else: open, and nobody's turn. */
  readonly idle: number;
}

export function countStates(all: readonly SessionView[]): Counts {
  // Those that are paused are told beside what agents use.
  const sessions = all.filter((session) => !session.archived && session.state !== 'paused' && isCounted(session));
  const count = (states: ReadonlySet<ScreenState>): number => sessions.filter(({ state }) => states.has(state)).length;
  const [working, waiting] = [count(workingStates), count(waitingStates)];
  const [broken, finished] = [count(brokenStates), count(finishedStates)];
  return { working, waiting, broken, finished, idle: sessions.length - working - waiting - broken - finished };
}

export const isEnded = (session: SessionView): boolean =>
  session.exit !== null || finishedStates.has(session.state) || session.state === 'crashed';

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
  metas = [],
}: {
  readonly projects: readonly ProjectView[];
  readonly sessions: readonly SessionView[];
  readonly spawns: readonly SpawnView[];
  readonly closed: ReadonlySet<string>;
  /** Names of the meta orchestrators that are configured. */
  readonly metas?: readonly string[];
}): readonly SidebarRow[] {
  // A record may name a project that was removed since: it is shown, under the id that is left of it.
  const named = new Set([...projects.map(({ id }) => id), metaProject]);
  const orphans = [...new Set(sessions.map(({ project }) => project))].filter((id) => !named.has(id)).toSorted();
  const groups = [
    ...projects.map(({ id, name, state, problem, colour }) => ({
      ...{ id, name, colour },
      problem: state === 'degraded' ? (problem ?? 'Not usable') : null,
    })),
    ...orphans.map((id) => ({
      ...{ id, name: id === '' ? 'No project' : id, colour: null },
      problem: 'This project was removed from Athene.',
    })),
  ];
  const spawned = new Set(sessions.map(({ id }) => id));
  const archived = sessions.filter((session) => session.archived);
  const pinned = sessions.filter((session) => session.pinned && !session.archived);
  const ofProjects = groups.flatMap(({ id, name, colour, problem }) => {
    const own = sessions.filter(({ project, archived: away }) => project === id && !away);
    const ownSpawns = spawnsShown(id, own);
    const shown = inOrder(withoutSpawned(own, ownSpawns));
    const lead = shown.find(({ kind }) => isCoordinator(kind));
    const workers = shown.filter(({ kind }) => !isCoordinator(kind));
    const isAway = archived.some(({ project, kind }) => project === id && isCoordinator(kind));
    const startable =
      problem === null && lead === undefined && !isAway && ownSpawns.every(({ makes }) => !isCoordinator(makes));
    const head: SidebarRow = {
      kind: 'project',
      key: `project:${id}`,
      id,
      name,
      closed: closed.has(id),
      problem,
      colour,
      startable,
      sessions: workers.length + ownSpawns.filter(({ makes }) => !isCoordinator(makes)).length,
      counts: countStates(shown),
      worst: worstState(shown, ownSpawns),
    };
    if (closed.has(id)) return [head];
    return [
      head,
      ...(startable ? [{ kind: 'no-orchestrator', key: `no-orchestrator:${id}`, project: id, name } as const] : []),
      ...shown.filter(({ kind, pinned: isPinned }) => isCoordinator(kind) && !isPinned).map(leadRow),
      ...ownSpawns.map(spawnRow),
      ...workers.filter((session) => !session.pinned).map(sessionRow),
    ];
  });
  return [
    ...groupRows('pinned', pinned, closed.has(groupSwitches.pinned)),
    ...metaRows(),
    ...ofProjects,
    ...groupRows('archive', archived, !closed.has(groupSwitches.archive)),
  ];

  /** A spawn that went through is a session; until its row goes, only one of the two is shown. */
  function spawnsShown(project: string, own: readonly SessionView[]): readonly SpawnView[] {
    return spawns.filter(
      (spawn) =>
        spawn.input.project === project &&
        !(spawn.state === 'running' && spawn.session !== null && spawned.has(spawn.session) && isPast(own, spawn)),
    );
  }

  function metaRows(): readonly SidebarRow[] {
    const own = sessions.filter(({ project }) => project === metaProject);
    const ownSpawns = spawnsShown(metaProject, own);
    const there = new Set([...own.map(({ id }) => id), ...ownSpawns.map(({ session }) => session)]);
    return [
      ...withoutSpawned(own, ownSpawns)
        .filter((session) => !session.archived && !session.pinned)
        .map((session) => ({ ...leadRow(session), progress: progressOf(ledBelow(session, sessions)) })),
      ...ownSpawns.map(spawnRow),
      ...metas
        .filter((name) => !there.has(name))
        .map((name): SidebarRow => ({ kind: 'idle-meta', key: `idle-meta:${name}`, name })),
    ];
  }
}

/** Those that begin are shown as their spawns. */
function withoutSpawned(own: readonly SessionView[], spawns: readonly SpawnView[]): readonly SessionView[] {
  const hidden = new Set(spawns.map(({ session }) => session));
  return own.filter(({ id, state }) => !(hidden.has(id) && state === 'starting'));
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
const spawnRow = (spawn: SpawnView): SidebarRow => ({ kind: 'spawn', key: `spawn:${spawn.request}`, spawn });
const leadRow = (session: SessionView) =>
  ({ kind: 'coordinator', key: `session:${session.id}`, session, progress: null }) as const;

/** Within a class the order stays, so that rows don't dance. */
const inOrder = (sessions: readonly SessionView[]): readonly SessionView[] =>
  sessions.toSorted((a, b) => attentionClass(a.state) - attentionClass(b.state));

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
  if (row.kind === 'session' || row.kind === 'coordinator') return { kind: 'session', id: row.session.id };
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
