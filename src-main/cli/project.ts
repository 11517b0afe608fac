import { resolve } from 'node:path';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const help = `athene project add PATH [--id ID] [--trust-worktrees]
                                    add a git repository; nothing in it is changed
athene project trust ID on|off      may agents trust its worktrees? Then they do not ask in each new one; of others nothing is changed
athene project ls [--json]
athene project rm ID                forget it; the repository and its branches stay`;

export const project: PlainCommand = {
  help,
  async run([verb, ...rest]) {
    if (verb === 'add') return add(rest);
    if (verb === 'ls') return list(rest);
    if (verb === 'rm') return remove(rest);
    if (verb === 'trust') return trust(rest);
    throw new CommandFailed({ code: 'usage', what: 'Which of add, ls, rm, trust?', todo: help });
  },
};

async function add(args: readonly string[]): Promise<number> {
  const options = {
    id: { type: 'string' },
    json: { type: 'boolean' },
    'trust-worktrees': { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(args, options, help);
  const [path] = readPositionals(positionals, ['PATH'], help);
  const trustWorktrees = values['trust-worktrees'] === true;
  const added = await withHost((host) =>
    ask(host, 'project.add', { path: resolve(path), id: values.id ?? null, trustWorktrees }),
  );
  process.stdout.write(
    values.json ? jsonLine(added) : `Added ${added.id} (${added.path}), sessions ${added.prefix}-<n>\n`,
  );
  return 0;
}

async function trust(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id, wanted] = readPositionals(positionals, ['ID', 'on or off'], help);
  if (wanted !== 'on' && wanted !== 'off') throw new CommandFailed({ code: 'usage', what: 'on or off?', todo: help });
  await withHost((host) => ask(host, 'project.trust', { id, trust: wanted === 'on' }));
  process.stdout.write(
    wanted === 'on'
      ? `Agents are told to trust worktrees that Athene makes of ${id}.\n`
      : `Agents ask again in new worktrees of ${id}.\n`,
  );
  return 0;
}

async function list(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, { json: { type: 'boolean' } }, help);
  return withHost(async ({ projects }) => {
    const all = projects();
    if (values.json) process.stdout.write(jsonLine({ data: all }));
    else if (all.length === 0) process.stdout.write('No projects yet. Add one: athene project add PATH\n');
    else
      process.stdout.write(
        `${table(all.map((each) => [each.id, each.prefix, plain(each.path), plain(each.problem ?? '')]))}\n`,
      );
    return 0;
  });
}

async function remove(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  await withHost((host) => ask(host, 'project.remove', { id }));
  process.stdout.write(`Forgot ${id}. Its repository and branches are untouched.\n`);
  return 0;
}
