// One look at the sessions: what is to be told is written down with where it goes, what is over is resolved. A look that could not be
// written down has not happened, and is made again.
import {
  causeOf,
  gathering,
  lookForNotices,
  noNotices,
  takeUp,
  whyHeld,
  type Notice,
  type NoticeFacts,
  type NoticeState,
} from '#shared/domain/notice.ts';
import { routeOf } from '#shared/domain/notifier.ts';
import { noQuietHours } from '#shared/domain/quiet-hours.ts';
import { resolvedBecause } from '#shared/domain/resolved-because.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings } from '#shared/domain/settings.ts';
import {
  addDelivery,
  failBrokenOff,
  gathered,
  insertNotice,
  listOpenNotices,
  resolveNotice,
} from '../storage/notices.ts';
import { answeredSince } from '../storage/questions.ts';
import type { Transaction } from '../storage/store.ts';
import type { NoticeDependencies } from './dependencies.ts';
import { toldView } from './told-view.ts';

/** What is remembered from one look to the next. Rows have ids of their own: those of the machine are only unique within it. */
export interface Watching {
  readonly state: NoticeState;
  /** Row of each notice that stands. */
  readonly rows: ReadonlyMap<string, string>;
  /** What another process told, and is not yet seen to be so: after a start nobody knows at once what terminals show. */
  readonly unseen: readonly Standing[];
  readonly since: number;
}

interface Standing {
  readonly notice: Notice;
  readonly at: number;
}

/** Milliseconds after which what another process told is over unless it was seen to be so. */
const seenWithin = 30_000;
/** The record has everything but what is muted for itself: whether it is sent is asked for each notifier. */
const everything = {
  ...{ notifyWaiting: true, notifyBroken: true, notifyReady: true, notifyFinished: true },
  ...{ mutedUntil: null, quietHours: noQuietHours },
};

/** Goes on where another supervisor stopped: what came up in the moments between is told, and nothing twice. */
export async function beginWatching({ store, sessions, now }: NoticeDependencies): Promise<Watching> {
  await store.write('notices: broken off', (tx) =>
    failBrokenOff(tx, 'Athene ended while it was sent: it may have arrived.'),
  );
  const facts = factsOf(sessions(), now());
  const { state } = lookForNotices(noNotices, facts);
  const isFresh = ({ since }: SessionView): boolean => since > facts.now - gathering;
  const fresh = new Set(facts.sessions.filter(isFresh).map(({ id }) => id));
  const known = new Map([...(state.known ?? [])].map(([id, kind]) => [id, fresh.has(id) ? null : kind] as const));
  return { state: { ...state, known }, rows: new Map(), unseen: store.read(listOpenNotices), since: facts.now };
}

export async function lookOnce(
  dependencies: NoticeDependencies,
  before: Watching,
): Promise<{ readonly watching: Watching; readonly lookAgainAt: number | null }> {
  const { store, now, newId } = dependencies;
  const views = dependencies.sessions();
  const facts = factsOf(views, now());
  const [seen, waiting] = parted(before.unseen, ({ notice }) => stillHolds(notice, facts.sessions));
  const late = facts.now - before.since > seenWithin;
  const step = lookForNotices(takeUp(before.state, seen), facts);
  const rows = new Map([...before.rows, ...seen.map(({ notice }) => [notice.id, notice.id] as const)]);
  const stood = [...before.state.standing.map(({ notice, causes }) => ({ notice, at: firstOf(causes) })), ...seen];
  const told = step.tell.map((notice) => ({ ...notice, id: newId() }));
  const over = [
    ...stood
      .filter(({ notice }) => step.withdraw.includes(notice.id))
      .map((one) => ({
        row: rows.get(one.notice.id),
        why: isGathered(one.notice, told) ? gathered : whyOver(dependencies, one, views),
      })),
    ...(late ? waiting : []).map((one) => ({ row: one.notice.id, why: whyOver(dependencies, one, views) })),
  ];
  if (told.length + over.length > 0) {
    await store.write('notices', (tx) => {
      for (const { row, why } of over) if (row !== undefined) resolveNotice(tx, row, why);
      for (const notice of told) record(tx, dependencies, notice, facts);
    });
  }
  for (const id of step.withdraw) rows.delete(id);
  for (const [index, { id }] of step.tell.entries()) rows.set(id, told[index]?.id ?? id);
  return {
    watching: { ...before, state: step.state, rows, unseen: late ? [] : waiting },
    lookAgainAt: step.lookAgainAt,
  };
}

function parted<T>(all: readonly T[], holds: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}

const firstOf = (causes: readonly { readonly seenAt: number }[]): number =>
  Math.min(...causes.map(({ seenAt }) => seenAt));

const factsOf = (sessions: readonly SessionView[], now: number): NoticeFacts & { readonly now: number } => ({
  sessions: sessions.filter(({ archived }) => !archived).map(toldView),
  settings: everything,
  now,
  // Who is told elsewhere does not sit before a window.
  isInSight: () => false,
});

const stillHolds = ({ kind, sessions }: Notice, views: readonly SessionView[]): boolean =>
  views.some((view) => sessions.includes(view.id) && causeOf(view)?.kind === kind);

function record(
  tx: Transaction,
  dependencies: NoticeDependencies,
  notice: Notice,
  { sessions, now }: NoticeFacts,
): void {
  const projects = sessions.filter(({ id }) => notice.sessions.includes(id)).map(({ project }) => project);
  recordNotice(tx, dependencies, notice, { projects, now });
}

/** With the row goes where it is sent, or why it is not. */
export function recordNotice(
  tx: Transaction,
  { configuration, log }: Pick<NoticeDependencies, 'configuration' | 'log'>,
  notice: Notice,
  { projects, now }: { readonly projects: readonly string[]; readonly now: number },
): void {
  insertNotice(tx, notice);
  const { definitions, ...routes } = configuration.notifiers();
  const settings = configuration.settings();
  const held = whyHeld(settings.ok ? settings.value : defaultSettings, notice.priority, now);
  for (const name of routeOf(routes, notice.priority, [...new Set(projects)])) {
    const plugin = definitions.get(name)?.plugin;
    // The desktop is told by windows; what is not defined is a trouble of config.yaml, told there.
    if (plugin === undefined || plugin === 'desktop') continue;
    addDelivery(tx, notice.id, name, held === null ? null : heldWords[held]);
  }
  log('notice.told', { id: notice.id, kind: notice.kind, sessions: notice.sessions });
}

const heldWords = {
  muted: 'Notifications were muted.',
  'quiet-hours': 'It was in quiet hours.',
} as const;

/** A bundle has taken its place. */
const isGathered = ({ kind, sessions }: Notice, told: readonly Notice[]): boolean =>
  told.some((one) => one.kind === kind && one.sessions.length > 1 && sessions.every((id) => one.sessions.includes(id)));

function whyOver(dependencies: NoticeDependencies, { notice, at }: Standing, views: readonly SessionView[]): string {
  if (notice.sessions.length > 1) return 'It is over for each of them.';
  const view = views.find(({ id }) => id === notice.sessions[0]) ?? null;
  return resolvedBecause(notice.kind, view, view === null ? null : answeredIn(dependencies, view, at));
}

/** What Athene types for an answer is typed as well: who gave one comes first. */
function answeredIn({ store, typedAt }: NoticeDependencies, { id, terminal }: SessionView, at: number) {
  const answered = store.read((tx) => answeredSince(tx, id, at));
  if (answered !== null) return answered;
  return (typedAt(terminal) ?? -Infinity) >= at ? ({ where: 'terminal' } as const) : null;
}
