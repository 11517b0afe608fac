import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { readArguments, type Command } from './command.ts';
import { withHost } from './open-local-host.ts';
import { age, jsonLine, plain, table } from './table.ts';

const help = `athene status [--project P] [--json]   all sessions, their state and since when

That a session asks is concluded from its bells and notices; the app looks at its screen as well.`;

export const status: Command = {
  help,
  async run(args) {
    const { values } = readArguments(
      args,
      { project: { type: 'string', short: 'p' }, json: { type: 'boolean' } },
      help,
    );
    return withHost(async (host) => {
      await host.watch.refresh();
      const all = host.listSessions();
      const sessions = all.filter(({ project }) => values.project === undefined || project === values.project);
      const unread = host.storage?.empty === true;
      const spawnsPaused = host.sessions.spawnsPaused();
      const problem = host.storage?.problem ?? null;
      if (values.json) printJson(sessions, { home: host.sessions.paths.home, spawnsPaused, problem });
      else if (!unread) printTable(sessions, host.sessions.now());
      if (spawnsPaused && values.json !== true) {
        process.stdout.write('New spawns are paused. Resume them: athene spawns resume\n');
      }
      // An empty list of a database that could not be read must not be taken for "nothing runs".
      return unread ? 1 : 0;
    });
  },
};

function printJson(
  sessions: readonly SessionView[],
  { home, spawnsPaused, problem }: { home: string; spawnsPaused: boolean; problem: Problem | null },
): void {
  const meta = { home, count: sessions.length, spawnsPaused, ...(problem === null ? {} : { problem }) };
  process.stdout.write(jsonLine({ data: sessions, meta }));
}

function printTable(sessions: readonly SessionView[], now: number): void {
  if (sessions.length === 0) {
    process.stdout.write('No sessions yet. Start one: athene spawn, or try athene demo\n');
    return;
  }
  const rows = sessions.map((each) => [
    each.id,
    each.state,
    each.status,
    each.since === 0 ? '' : age(now - each.since),
    each.agent,
    plain(each.branch ?? ''),
    plain(each.name),
  ]);
  process.stdout.write(`${table([['SESSION', 'STATE', 'STATUS', 'SINCE', 'AGENT', 'BRANCH', 'NAME'], ...rows])}\n`);
}
