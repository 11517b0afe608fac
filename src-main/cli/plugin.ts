import type { PluginView } from '#shared/domain/plugin.ts';
import { isAbsolute, resolve } from 'node:path';
import { defineCommand, defineGroup, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const list = defineCommand({
  name: 'ls',
  summary: 'the plug-ins of config.yaml, and how each is; loads none',
  options: jsonOption,
  async run({ values }) {
    const plugins = await withHost((host) => ask(host, 'plugin.list', {}));
    if (values.json === true) process.stdout.write(jsonLine({ data: plugins }));
    else process.stdout.write(plugins.length === 0 ? 'There are no plug-ins.\n' : `${rows(plugins)}\n`);
    return 0;
  },
});

const rows = (plugins: readonly PluginView[]): string =>
  table([
    ['PLUGIN', 'SLOT', 'VERSION', 'STATE', 'FROM'],
    ...plugins.map(({ id, slot, version, state, why, from }) => [
      ...[plain(id), slot ?? '', plain(version ?? '')],
      ...[why === null ? state : `${state}: ${plain(why)}`, plain(from)],
    ]),
  ]);

const add = defineCommand({
  name: 'add',
  summary: 'writes a plug-in into config.yaml; nothing of it is loaded before you trust it',
  words: [{ name: 'PATH|PACKAGE' }],
  async run({ words: [named] }) {
    const wanted = isAbsolute(named) || named.startsWith('.') ? { path: resolve(named) } : { package: named };
    const added = await withHost((host) => ask(host, 'plugin.add', wanted));
    process.stdout.write(
      `${plain(added.from)} stands in config.yaml. A plug-in is code that runs with all of your rights: look at it, then\n  athene plugin trust ${plain(added.id)}\n`,
    );
    return 0;
  },
});

const remove = defineCommand({
  name: 'rm',
  summary: 'takes a plug-in out of config.yaml; its files stay',
  words: [{ name: 'PLUGIN' }],
  async run({ words: [id] }) {
    await withHost((host) => ask(host, 'plugin.remove', { id }));
    process.stdout.write(`${plain(id)} is no plug-in of yours any more.\n`);
    return 0;
  },
});

const trust = defineCommand({
  name: 'trust',
  summary: 'agrees that a plug-in, exactly as it is now, runs with all of your rights',
  words: [{ name: 'PLUGIN' }],
  async run({ words: [id] }) {
    const trusted = await withHost((host) => ask(host, 'plugin.trust', { id, hash: null }));
    process.stdout.write(
      `${plain(trusted.id)} (${trusted.slot}) is trusted as ${trusted.hash}. When it changes, it is not loaded until you trust it again.\n`,
    );
    return 0;
  },
});

export const plugin = defineGroup({
  name: 'plugin',
  summary: 'code of others that you let into Athene: agents, trackers, code hosts, notifiers',
  usual: 'ls',
  commands: [list, add, remove, trust],
});
