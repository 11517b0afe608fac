import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ImportPlan } from '#shared/domain/import.ts';
import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

export const importCommand = defineCommand({
  name: 'import',
  summary: 'takes over projects and ended sessions of agent-orchestrator',
  options: {
    from: { value: 'DIR', takes: 'directory', says: 'where its data is (~/.agent-orchestrator)' },
    config: { value: 'FILE', takes: 'file', says: 'its configuration' },
    apply: { says: 'does it, instead of showing what it would do' },
    ...jsonOption,
  },
  notes: `Nothing is changed there. Sessions keep their id, branch, issue, prompt and worktree, and can be restored here.`,
  async run({ values }) {
    const plan = await withHost((host) =>
      ask(host, 'system.import', {
        from: resolve(values.from ?? join(homedir(), '.agent-orchestrator')),
        configuration: values.config === undefined ? null : resolve(values.config),
        apply: values.apply === true,
      }),
    );
    process.stdout.write(values.json ? jsonLine(plan) : told(plan));
    return 0;
  },
});

function told({ projects, sessions, applied }: ImportPlan): string {
  const word = { new: applied ? 'taken' : 'would be taken', here: 'here already', left: 'left' };
  const rows = [
    ...projects.map(({ name, path, outcome, why }) => ['project', name, plain(path), word[outcome], plain(why ?? '')]),
    ...sessions.map(({ id, branch, outcome, why }) => [
      'session',
      id,
      plain(branch ?? ''),
      word[outcome],
      plain(why ?? ''),
    ]),
  ];
  const count = rows.filter(([, , , outcome]) => outcome === word.new).length;
  const last = applied
    ? `${count} taken over.`
    : `${count} would be taken over. Nothing was changed; do it with --apply.`;
  return `${rows.length === 0 ? '' : `${table(rows)}\n`}${last}\n`;
}
