import { resolve } from 'node:path';
import { defineCommand, defineGroup, jsonOption } from './command.ts';
import { isOn, onOrOff } from './on-or-off.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const add = defineCommand({
  name: 'add',
  summary: 'adds a git repository; nothing in it is changed',
  words: [{ name: 'PATH', takes: 'directory' }],
  options: {
    id: { value: 'ID', says: 'its id, instead of one made from its name' },
    'trust-worktrees': { says: 'agents may trust its worktrees: then they do not ask in each new one' },
    ...jsonOption,
  },
  async run({ values, words: [path] }) {
    const trustWorktrees = values['trust-worktrees'] === true;
    const added = await withHost((host) =>
      ask(host, 'project.add', { path: resolve(path), id: values.id ?? null, trustWorktrees }),
    );
    process.stdout.write(
      values.json ? jsonLine(added) : `Added ${added.id} (${added.path}), sessions ${added.prefix}-<n>\n`,
    );
    return 0;
  },
});

const trust = defineCommand({
  name: 'trust',
  summary: 'may agents trust its worktrees? Then they do not ask in each new one; of others nothing is changed',
  words: [
    { name: 'ID', takes: 'project' },
    { name: 'on|off', takes: onOrOff },
  ],
  async run({ words: [id, word] }) {
    const on = isOn(word);
    await withHost((host) => ask(host, 'project.trust', { id, trust: on }));
    process.stdout.write(
      on
        ? `Agents are told to trust worktrees that Athene makes of ${id}.\n`
        : `Agents ask again in new worktrees of ${id}.\n`,
    );
    return 0;
  },
});

const list = defineCommand({
  name: 'ls',
  summary: 'all of them, with what is wrong with one',
  options: jsonOption,
  async run({ values }) {
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
  },
});

const remove = defineCommand({
  name: 'rm',
  summary: 'forgets it; the repository and its branches stay',
  words: [{ name: 'ID', takes: 'project' }],
  async run({ words: [id] }) {
    await withHost((host) => ask(host, 'project.remove', { id }));
    process.stdout.write(`Forgot ${id}. Its repository and branches are untouched.\n`);
    return 0;
  },
});

export const project = defineGroup({
  name: 'project',
  summary: 'the git repositories that sessions are made for',
  commands: [add, list, trust, remove],
});
