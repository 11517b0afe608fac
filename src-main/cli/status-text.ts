// A list of sessions for people: those that lead apart from those that work, columns only where something stands in them.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { sightText } from '#shared/domain/sight-text.ts';
import { checksOf, type Listing } from './session-listing.ts';
import { age, plain, table } from './table.ts';

export interface Around {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Spawns that wait in line. */
  readonly spawnsInLine: number;
  readonly spawnsPaused: boolean;
}

export function statusText({ sessions, hidden, reports, pullRequests }: Listing, around: Around): readonly string[] {
  const [leading, working] = [
    sessions.filter(({ kind }) => isCoordinator(kind)),
    sessions.filter(({ kind }) => !isCoordinator(kind)),
  ];
  const inLine = around.spawnsInLine + sessions.filter((session) => session.inLine !== null).length;
  return [
    ...(sessions.length + hidden.terminated + hidden.archived === 0
      ? ['No sessions yet. Start one: athene spawn, or try athene demo']
      : []),
    ...(leading.length === 0 ? [] : [sessionTable(leading, pullRequests, around.now)]),
    ...(leading.length === 0 || working.length === 0 ? [] : ['']),
    ...(working.length === 0 ? [] : [sessionTable(working, pullRequests, around.now)]),
    ...sessions.flatMap(({ id }) =>
      (reports.get(id) ?? []).map((report) => `${id}: ${reportText(report, around.now)}`),
    ),
    ...sights(sessions),
    ...notReadAnew(pullRequests, around.now),
    ...notAsked(sessions),
    ...hiddenOnes(hidden),
    ...(inLine > 0 ? [`In line until fewer agents run: ${inLine}. See athene spawns`] : []),
    ...(around.spawnsPaused ? ['New spawns are paused. Resume them: athene spawns resume'] : []),
  ];
}

interface Column {
  readonly title: string;
  readonly of: (session: SessionView, now: number, checks: ReturnType<typeof checksOf>) => string;
}

const columns: readonly Column[] = [
  { title: 'SESSION', of: ({ id }) => id },
  { title: 'STATE', of: ({ state }) => state },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'SINCE', of: ({ since }, now) => (since === 0 ? '' : age(now - since)) },
  { title: 'AGE', of: ({ createdAt }, now) => (createdAt === 0 ? '' : age(now - createdAt)) },
  { title: 'AGENT', of: ({ agent }) => agent },
  { title: 'BRANCH', of: ({ branch }) => branch ?? '' },
  {
    title: 'PR',
    of: ({ pullRequest: pr }) => (pr === null ? '' : `#${pr.number}${pr.state === 'open' ? '' : ` ${pr.state}`}`),
  },
  { title: 'CI', of: (_session, _now, checks) => known(checks, ({ ci }) => ci) },
  { title: 'REVIEW', of: (_session, _now, checks) => known(checks, ({ decision }) => decisions[decision]) },
  { title: 'THREADS', of: (_session, _now, checks) => known(checks, ({ openThreads }) => String(openThreads || '')) },
  { title: 'LEADS', of: ({ leads }) => leads?.join(' ') ?? '' },
  { title: 'NAME', of: ({ name }) => name },
];

type Checks = NonNullable<ReturnType<typeof checksOf>>;

const decisions: Readonly<Record<Checks['decision'], string>> = {
  none: '',
  pending: 'pending',
  approved: 'approved',
  changes_requested: 'changes',
};

/** With a question mark where it could not be had anew. */
function known(checks: Checks | null, of: (checks: Checks) => string): string {
  if (checks === null) return '';
  const word = of(checks);
  return word === '' || word === 'none' ? '' : `${word}${checks.stale === null ? '' : '?'}`;
}

function sessionTable(sessions: readonly SessionView[], read: Listing['pullRequests'], now: number): string {
  const filled = columns
    .map(({ title, of }) => [
      title,
      ...sessions.map((session) => plain(of(session, now, checksOf(read.get(session.id))))),
    ])
    .filter(([, ...cells]) => cells.some((cell) => cell !== ''));
  return table(['head', ...sessions].map((_, row) => filled.map((cells) => cells[row] ?? '')));
}

type Report = NonNullable<ReturnType<Listing['reports']['get']>>[number];

function reportText({ at, actor, session, state, note, refusal, before, after }: Report, now: number): string {
  return plain(
    [
      `${age(now - at)} ago ${state.replaceAll('_', ' ')}`,
      ...(note === null ? [] : [`"${note}"`]),
      ...(refusal === null ? [] : [`refused: ${refusal}`]),
      ...(before === null || after === null || refusal !== null ? [] : [`${before} → ${after}`]),
      ...(actor === session ? [] : [`told by ${actor}`]),
    ].join(', '),
  );
}

/** One line for each reason: a state that could not be asked for is the one on record. */
function notAsked(sessions: readonly SessionView[]): readonly string[] {
  const unknown = sessions.filter(({ probe }) => probe?.answer === 'unknown');
  return [...Map.groupBy(unknown, ({ probe }) => probe?.why ?? '')].map(
    ([why, those]) => `Can't tell whether it still runs: ${those.map(({ id }) => id).join(', ')}. ${plain(why)}`,
  );
}

/** One line for each reason. */
const notReadAnew = (read: Listing['pullRequests'], now: number): readonly string[] =>
  [...Map.groupBy(read.values(), ({ stale }) => stale?.why ?? '')].flatMap(([why, views]) => {
    const since = views.flatMap(({ stale }) => (stale === null ? [] : [stale.since]));
    if (since.length === 0) return [];
    const which = views.map(({ number }) => `#${number}`).join(', ');
    return [`Not read anew for ${age(now - Math.min(...since))}: ${which}. ${plain(why)}`];
  });

const sights = (sessions: readonly SessionView[]): readonly string[] =>
  sessions.flatMap((session) => {
    if (session.sight === null) return [];
    const { what, todo } = sightText(session.sight, session);
    return [`${session.id}: ${plain(`${what} ${todo}`)}`];
  });

function hiddenOnes({ terminated, archived }: Listing['hidden']): readonly string[] {
  const parts = [
    ...(terminated === 0 ? [] : [`${terminated} that ended`]),
    ...(archived === 0 ? [] : [`${archived} archived`]),
  ];
  return parts.length === 0 ? [] : [`Not shown: ${parts.join(', ')}. All of them: -a`];
}
