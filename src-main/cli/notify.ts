import { priorities } from '#shared/domain/priority.ts';
import type { NotifierSettings } from '#shared/domain/notifier.ts';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain, table } from './table.ts';

const help = `athene notify list [--json]   the notifiers of config.yaml, and which notices go to them
athene notify test NAME       sends a sample by one of them, once`;

export const notify: PlainCommand = {
  help,
  async run([verb, ...rest]) {
    if (verb === 'list' || verb === 'ls') return list(rest);
    if (verb === 'test') return test(rest);
    throw new CommandFailed({ code: 'usage', what: 'Which of list, test?', todo: help });
  },
};

async function list(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  readPositionals(positionals, [], help);
  const settings = await withHost((host) => ask(host, 'notifier.list', {}));
  process.stdout.write(values.json ? jsonLine(settings) : `${inWords(settings)}\n`);
  return 0;
}

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

async function test(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [name] = readPositionals(positionals, ['NAME'], help);
  const { told } = await withHost((host) => ask(host, 'notifier.test', { name }));
  process.stdout.write(
    told
      ? `${name} took a sample.\n`
      : `${name} is told by each window itself: Settings, Notifications has a sample.\n`,
  );
  return 0;
}
