import type { RecoveryItem, RecoveryReport } from '#shared/domain/recovery-report.ts';
import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

export const recover = defineCommand({
  name: 'recover',
  summary: 'brings sessions into order after a crash',
  options: {
    'dry-run': { says: 'tells what would be done, and changes nothing' },
    'end-many': { says: 'ends sessions that seem dead even when they are many at once' },
    project: { short: 'p', value: 'P', takes: 'project', says: 'of one project' },
    ...jsonOption,
  },
  notes: `What lives on is believed again, what is provably gone is ended, processes that nobody can see any more are ended, and what does not
fit together waits for you. Worktrees and branches are never touched.
Exit code: 0 when nothing is left, 1 when something waits for you, 2 when something could not be told.`,
  async run({ values }) {
    const asked = {
      dryRun: values['dry-run'] === true,
      endMany: values['end-many'] === true,
      project: values.project ?? null,
    };
    const report = await withHost((host) => ask(host, 'system.recover', asked));
    process.stdout.write(values.json ? jsonLine(report) : `${asText(report).join('\n')}\n`);
    return exitCode(report);
  },
});

function asText({ items, survivors, held }: RecoveryReport): readonly string[] {
  const found = survivors?.filter(({ fate }) => fate !== 'goes-on') ?? [];
  return [
    ...(held ? ['So many seem dead at once that none of them was ended.'] : []),
    items.length === 0 ? 'Nothing to recover.' : table(items.map(row)),
    ...(survivors === null ? ['Processes can not be looked at on this system.'] : []),
    ...(found.length === 0 ? [] : ['', 'Processes of sessions that are not running:', table(found.map(survivorRow))]),
  ];
}

const row = ({ state, act, class: kind, session, subject, what, todo }: RecoveryItem): readonly string[] => [
  state,
  act === 'none' ? kind : `${kind}: ${act}`,
  plain(session === null || session === subject ? subject : `${session}: ${subject}`),
  plain(`${what} ${todo}`.trim()),
];

const survivorRow = ({ pid, session, fate }: NonNullable<RecoveryReport['survivors']>[number]): readonly string[] => [
  fate,
  String(pid),
  plain(session),
];

/** A dry run that would do something has something left. */
function exitCode({ items }: RecoveryReport): number {
  const left = items.filter(({ state, act }) => state !== 'done' || act === 'escalate');
  if (left.length === 0) return 0;
  const unknown = left.every(({ class: kind, state }) => kind === "can't-tell" && state === 'left');
  return unknown ? 2 : 1;
}
