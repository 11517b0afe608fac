import type { Finding } from '#shared/domain/care.ts';
import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

export const fsck = defineCommand({
  name: 'fsck',
  summary: 'compares what is on record with what there is',
  options: { repair: { says: 'mends what can be mended without losing anything' }, ...jsonOption },
  notes: `Compares sessions with claims, worktrees, branches, processes, terminals, transcripts, messages and snapshots.
Exit code: 0 when nothing is left, 1 when something is, 2 when all that is left is what nobody can tell just now.`,
  async run({ values }) {
    const { findings } = await withHost((host) => ask(host, 'system.fsck', { repair: values.repair === true }));
    if (values.json) process.stdout.write(jsonLine({ findings }));
    else process.stdout.write(findings.length === 0 ? 'All is well.\n' : `${table(findings.map(row))}\n`);
    return exitCode(findings);
  },
});

function exitCode(findings: readonly Finding[]): number {
  const left = findings.filter(({ state }) => state !== 'repaired');
  if (left.length === 0) return 0;
  return left.every(({ state }) => state === "can't-tell") ? 2 : 1;
}

const row = ({ kind, subject, session, what, state, todo }: Finding): readonly string[] => [
  state,
  kind,
  plain(session === null || session === subject ? subject : `${session}: ${subject}`),
  plain(state === 'repaired' ? what : `${what} ${state === 'found' ? `--repair: ${todo}` : todo}`),
];
