import type { HooksView } from '#shared/domain/hooks-view.ts';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const help = `athene hooks status [--json]    what Athene has handed to which agent
athene hooks install [--json]   agents that are started from now on tell what happens in them
athene hooks extensions on|off [--json]
                                may Athene put a directory beside the extensions of an agent that takes hooks from nowhere else?
athene hooks remove [--json]    take all of it back, for good: wrappers, hooks, extensions, and entries in agents' own files`;

const calls = { status: 'hooks.status', install: 'hooks.install', remove: 'hooks.remove' } as const;
const extensionWords = {
  good: '(as it should be)',
  missing: '(not there; made at the next launch)',
  changed: '(changed by somebody; made again at the next launch)',
  foreign: '(not of Athene; left alone)',
  unknown: '(nobody can look at it)',
} as const;

export const hooks: PlainCommand = {
  help,
  async run(args) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
    const { view, takenBack } = await (positionals[0] === 'extensions' ? allow(positionals) : call(positionals));
    process.stdout.write(values.json ? jsonLine(view) : `${inWords(view)}\n`);
    return takenBack(view).length > 0 ? 1 : 0;
  },
};

interface Called {
  readonly view: HooksView;
  /** What of that should not be there any more. */
  readonly takenBack: (view: HooksView) => readonly unknown[];
}

async function call(positionals: readonly string[]): Promise<Called> {
  const [verb] = readPositionals(positionals, ['status, install, extensions or remove'], help);
  if (!Object.hasOwn(calls, verb)) {
    throw new CommandFailed({ code: 'usage', what: 'Which of status, install, extensions, remove?', todo: help });
  }
  const view = await withHost((host) => ask(host, calls[verb as keyof typeof calls], {}));
  return { view, takenBack: ({ trusts, extensions }) => (verb === 'remove' ? [...trusts, ...extensions] : []) };
}

async function allow(positionals: readonly string[]): Promise<Called> {
  const agentExtensions = allowedIn(readPositionals(positionals, ['extensions', 'on or off'], help)[1]);
  const view = await withHost(async (host) => {
    await ask(host, 'settings.set', { agentExtensions });
    return ask(host, 'hooks.status', {});
  });
  return { view, takenBack: ({ extensions }) => (agentExtensions ? [] : extensions) };
}

function allowedIn(word: string): boolean {
  if (word !== 'on' && word !== 'off') throw new CommandFailed({ code: 'usage', what: 'On or off?', todo: help });
  return word === 'on';
}

function inWords(view: HooksView): string {
  const { enabled, wrappers, agents, trustedProjects, trusts, extensions, extensionsAllowed } = view;
  const rows = agents.map(({ id, name, hooks: told, byExtension, trust }) => [
    id,
    plain(name),
    enabled && told && (!byExtension || extensionsAllowed) ? 'hooks at each launch' : 'no hooks',
    trustWords[trust],
  ]);
  return [
    `Hooks and wrappers: ${enabled ? 'handed over at each launch' : 'removed (athene hooks install brings them back)'}`,
    `Wrappers: ${plain(wrappers.path)} ${wrapperWords[wrappers.state]}`,
    table(rows),
    trustedProjects.length === 0
      ? 'No project whose worktrees agents may trust (athene project trust ID on).'
      : `Agents may trust worktrees of: ${trustedProjects.join(', ')}`,
    ...(enabled && !extensionsAllowed ? agents.filter(({ byExtension }) => byExtension).map(askFor) : []),
    ...trusts.map(({ agent, file, path }) => `Entered for ${agent} in ${plain(file)}: ${plain(path)}`),
    ...extensions.map(
      ({ agent, directory, state }) => `Extension for ${agent}: ${plain(directory)} ${extensionWords[state]}`,
    ),
  ].join('\n');
}

const askFor = ({ name }: { readonly name: string }): string =>
  `${plain(name)} takes hooks only from an extension beside your own. Agree to one: athene hooks extensions on`;

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
