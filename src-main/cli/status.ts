import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { sightText } from '#shared/domain/sight-text.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, type Given } from './command.ts';
import { withHost } from './open-local-host.ts';
import { isOver } from './over.ts';
import { age, jsonLine, plain, table } from './table.ts';

const options = {
  project: { short: 'p', value: 'P', takes: 'project', says: 'of one project' },
  all: { short: 'a', says: 'archived ones too' },
  'include-terminated': { says: 'the same' },
  json: { says: 'as JSON' },
} as const;
type Values = Given<typeof options, []>['values'];

export const status = defineCommand({
  name: 'status',
  summary: 'all sessions, their state and since when',
  options,
  notes: 'That a session asks is concluded from its bells and notices; the app looks at its screen as well.',
  run: ({ values }) => list(values, { endedToo: true }),
});

export const sessionList = defineCommand({
  name: 'ls',
  summary: 'those that have not ended',
  options: { ...options, all: { short: 'a', says: 'all, ended and archived ones too' } },
  run: ({ values }) => list(values, { endedToo: false }),
});

function list(values: Values, { endedToo }: { readonly endedToo: boolean }): Promise<number> {
  const everything = values.all === true || values['include-terminated'] === true;
  return withHost(async (host) => {
    await host.watch.refresh();
    const of = host.listSessions().filter(({ project }) => values.project === undefined || project === values.project);
    const [ended, open] = [of.filter(isOver), of.filter((session) => !isOver(session))];
    const candidates = everything || endedToo ? of : open;
    const sessions = everything ? candidates : candidates.filter(({ archived }) => !archived);
    const hiddenTerminated = everything || endedToo ? 0 : ended.length;
    const hidden = { terminated: hiddenTerminated, archived: candidates.length - sessions.length };
    if (values.json === true) printJson(host, sessions, hidden);
    else if (host.storage?.empty !== true) print(host, sessions, hidden);
    // An empty list of a database that could not be read must not be taken for "nothing runs".
    return host.storage?.empty === true ? 1 : 0;
  });
}

interface Hidden {
  readonly terminated: number;
  readonly archived: number;
}

function printJson(host: Host, sessions: readonly SessionView[], hidden: Hidden): void {
  const names = new Map(host.projects().map(({ id, name }) => [id, name]));
  const meta = {
    home: host.sessions.paths.home,
    count: sessions.length,
    hiddenTerminatedCount: hidden.terminated,
    hiddenArchivedCount: hidden.archived,
    spawnsPaused: host.sessions.spawnsPaused(),
    ...(host.storage === null ? {} : { problem: host.storage.problem }),
  };
  process.stdout.write(jsonLine({ data: sessions.map((session) => withUsualNames(session, names)), meta }));
}

/** A session under our own names, and under those that programs expect of such a list. */
const withUsualNames = (session: SessionView, names: ReadonlyMap<string, string>) => ({
  ...session,
  projectId: session.project,
  projectName: names.get(session.project) ?? session.project,
  role: session.kind,
  issueId: session.issue,
  pr: session.pullRequest?.url ?? null,
  workspacePath: session.worktree,
  lastActivityAt: session.lastOutputAt ?? (session.since === 0 ? null : session.since),
});

function print(host: Host, sessions: readonly SessionView[], hidden: Hidden): void {
  if (sessions.length === 0 && hidden.terminated + hidden.archived === 0) {
    process.stdout.write('No sessions yet. Start one: athene spawn, or try athene demo\n');
  }
  const now = host.sessions.now();
  const workers = sessions.filter(({ kind }) => !isCoordinator(kind));
  const coordinators = sessions.filter(({ kind }) => isCoordinator(kind));
  if (workers.length > 0) printTable('SESSION', workers, now);
  if (coordinators.length > 0) printTable('LEADS', coordinators, now);
  for (const line of [...sights(sessions), ...notAsked(sessions), ...hiddenOnes(hidden)])
    process.stdout.write(`${line}\n`);
  const waiting =
    host.listSpawns().filter(({ place }) => place !== null).length +
    sessions.filter(({ inLine }) => inLine !== null).length;
  if (waiting > 0) process.stdout.write(`In line until fewer agents run: ${waiting}. See athene spawns\n`);
  if (host.sessions.spawnsPaused()) {
    process.stdout.write('New spawns are paused. Resume them: athene spawns resume\n');
  }
}

function printTable(title: string, sessions: readonly SessionView[], now: number): void {
  const rows = sessions.map((each) => [
    each.id,
    each.state,
    each.status,
    each.since === 0 ? '' : age(now - each.since),
    each.agent,
    plain(each.branch ?? ''),
    plain(each.name),
  ]);
  process.stdout.write(`${table([[title, 'STATE', 'STATUS', 'SINCE', 'AGENT', 'BRANCH', 'NAME'], ...rows])}\n`);
}

/** One line for each reason: a state that could not be asked for is the one on record. */
function notAsked(sessions: readonly SessionView[]): readonly string[] {
  const unknown = sessions.filter(({ probe }) => probe?.answer === 'unknown');
  return [...Map.groupBy(unknown, ({ probe }) => probe?.why ?? '')].map(
    ([why, those]) => `Can't tell whether it still runs: ${those.map(({ id }) => id).join(', ')}. ${plain(why)}`,
  );
}

const sights = (sessions: readonly SessionView[]): readonly string[] =>
  sessions.flatMap((session) => {
    if (session.sight === null) return [];
    const { what, todo } = sightText(session.sight, session);
    return [`${session.id}: ${plain(`${what} ${todo}`)}`];
  });

function hiddenOnes({ terminated, archived }: Hidden): readonly string[] {
  const parts = [
    ...(terminated === 0 ? [] : [`${terminated} that ended`]),
    ...(archived === 0 ? [] : [`${archived} archived`]),
  ];
  return parts.length === 0 ? [] : [`Not shown: ${parts.join(', ')}. All of them: -a`];
}
