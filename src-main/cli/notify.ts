import { priorities } from '#shared/domain/priority.ts';
import type { NotifierSettings } from '#shared/domain/notifier.ts';
import { defineCommand, defineGroup, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const list = defineCommand({
  name: 'list',
  summary: 'the notifiers of config.yaml, and which notices go to them',
  options: jsonOption,
  async run({ values }) {
    const settings = await withHost((host) => ask(host, 'notifier.list', {}));
    process.stdout.write(values.json ? jsonLine(settings) : `${inWords(settings)}\n`);
    return 0;
  },
});

const inWords = ({ notifiers, routing, projects }: NotifierSettings): string =>
  [
    table(
      notifiers.map(({ name, plugin, where, problem }) => [name, plugin ?? '-', plain(where), plain(problem ?? '')]),
    ),
    ...priorities.map((priority) => `${priority.padEnd(8)} ${routing[priority].join(', ') || 'nobody'}`),
    ...Object.entries(projects).flatMap(([project, own]) =>
      Object.entries(own).map(([priority, names]) => `${project}: ${priority} ${names.join(', ') || 'nobody'}`),
    ),
  ].join('\n');

const test = defineCommand({
  name: 'test',
  summary: 'sends a sample by one of them, once',
  words: [{ name: 'NAME' }],
  async run({ words: [name] }) {
    const { told } = await withHost((host) => ask(host, 'notifier.test', { name }));
    process.stdout.write(
      told
        ? `${name} took a sample.\n`
        : `${name} is told by each window itself: Settings, Notifications has a sample.\n`,
    );
    return 0;
  },
});

export const notify = defineGroup({
  name: 'notify',
  summary: 'by which ways notices leave Athene, and whether one works',
  commands: [list, { ...list, name: 'ls', hidden: true }, test],
});
