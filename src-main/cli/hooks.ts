import type { HooksView } from '#shared/domain/hooks-view.ts';
import { readArguments, readPositionals, type Command } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const help = `athene hooks status [--json]    what Athene has handed to which agent
athene hooks install [--json]   agents that are started from now on tell what happens in them
athene hooks remove [--json]    take all of it back, for good: wrappers, hooks, extensions, and entries in agents' own files`;

const calls = { status: 'hooks.status', install: 'hooks.install', remove: 'hooks.remove' } as const;
const extensionWords = {
  good: '(as it should be)',
  missing: '(not there; made at the next launch)',
  changed: '(changed by somebody; made again at the next launch)',
  foreign: '(not of Athene; left alone)',
} as const;

export const hooks: Command = {
  help,
  async run(args) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
    const [verb] = readPositionals(positionals, ['status, install or remove'], help);
    if (!Object.hasOwn(calls, verb)) {
      throw new CommandFailed({ code: 'usage', what: 'Which of status, install, remove?', todo: help });
    }
    const view = await withHost((host) => ask(host, calls[verb as keyof typeof calls], {}));
    process.stdout.write(values.json ? jsonLine(view) : `${inWords(view)}\n`);
    return verb === 'remove' && view.trusts.length + view.extensions.length > 0 ? 1 : 0;
  },
};

function inWords({ enabled, wrappers, agents, trustedProjects, trusts, extensions }: HooksView): string {
  const rows = agents.map(({ id, name, hooks: told, trust }) => [
    id,
    plain(name),
    enabled && told ? 'hooks at each launch' : 'no hooks',
    trustWords[trust],
  ]);
  return [
    `Hooks and wrappers: ${enabled ? 'handed over at each launch' : 'removed (athene hooks install brings them back)'}`,
    `Wrappers: ${plain(wrappers.path)} ${wrapperWords[wrappers.state]}`,
    table(rows),
    trustedProjects.length === 0
      ? 'No project whose worktrees agents may trust (athene project trust ID on).'
      : `Agents may trust worktrees of: ${trustedProjects.join(', ')}`,
    ...trusts.map(({ agent, file, path }) => `Entered for ${agent} in ${plain(file)}: ${plain(path)}`),
    ...extensions.map(
      ({ agent, directory, state }) => `Extension for ${agent}: ${plain(directory)} ${extensionWords[state]}`,
    ),
  ].join('\n');
}

const trustWords = {
  launch: 'trust: told at each launch',
  file: 'trust: in its own file',
  none: '',
} as const;
const wrapperWords = {
  good: '(as they should be)',
  missing: '(not there; made at the next launch)',
  changed: '(changed by somebody; made again at the next launch)',
  none: '(not on this system)',
} as const;
