import type { HooksView } from '#shared/domain/hooks-view.ts';
import { defineCommand, defineGroup, jsonOption } from './command.ts';
import { isOn, onOrOff } from './on-or-off.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const status = defineCommand({
  name: 'status',
  summary: 'what Athene has handed to which agent',
  options: jsonOption,
  run: async ({ values }) => print(await call('hooks.status'), { json: values.json, left: [] }),
});

const install = defineCommand({
  name: 'install',
  summary: 'agents that are started from now on tell what happens in them',
  options: jsonOption,
  run: async ({ values }) => print(await call('hooks.install'), { json: values.json, left: [] }),
});

const remove = defineCommand({
  name: 'remove',
  summary: "takes all of it back, for good: wrappers, hooks, extensions, and entries in agents' own files",
  options: jsonOption,
  async run({ values }) {
    const view = await call('hooks.remove');
    return print(view, { json: values.json, left: [...view.trusts, ...view.extensions] });
  },
});

const extensionsCommand = defineCommand({
  name: 'extensions',
  summary: 'may Athene put a directory beside the extensions of an agent that takes hooks from nowhere else?',
  words: [{ name: 'on|off', takes: onOrOff }],
  options: jsonOption,
  async run({ values, words: [word] }) {
    const agentExtensions = isOn(word);
    const view = await withHost(async (host) => {
      await ask(host, 'settings.set', { agentExtensions });
      return ask(host, 'hooks.status', {});
    });
    return print(view, { json: values.json, left: agentExtensions ? [] : view.extensions });
  },
});

export const hooks = defineGroup({
  name: 'hooks',
  summary: 'what agents are handed so that they tell what happens in them',
  commands: [status, install, extensionsCommand, remove],
});

const call = (name: 'hooks.status' | 'hooks.install' | 'hooks.remove'): Promise<HooksView> =>
  withHost((host) => ask(host, name, {}));

/** @param left what should not be there any more */
function print(
  view: HooksView,
  { json, left }: { readonly json: boolean | undefined; readonly left: readonly unknown[] },
): number {
  process.stdout.write(json === true ? jsonLine(view) : `${inWords(view)}\n`);
  return left.length > 0 ? 1 : 0;
}

const extensionWords = {
  good: '(as it should be)',
  missing: '(not there; made at the next launch)',
  changed: '(changed by somebody; made again at the next launch)',
  foreign: '(not of Athene; left alone)',
  unknown: '(nobody can look at it)',
} as const;

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
