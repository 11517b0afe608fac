import { readArguments, readPositionals, type Command } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine } from './table.ts';

const help = `athene spawns pause              refuses new sessions, whoever asks for one; what runs goes on
athene spawns resume             allows them again
athene spawns status [--json]    says which it is`;

export const spawns: Command = {
  help,
  async run([verb = '', ...rest]) {
    if (verb === 'pause') return set(true, rest);
    if (verb === 'resume') return set(false, rest);
    if (verb === 'status') return status(rest);
    throw new CommandFailed({ code: 'usage', what: 'Which of pause, resume, status?', todo: help });
  },
};

async function set(spawnsPaused: boolean, args: readonly string[]): Promise<number> {
  readPositionals(readArguments(args, {}, help).positionals, [], help);
  const settings = await withHost((host) => ask(host, 'settings.set', { spawnsPaused }));
  process.stdout.write(said(settings.spawnsPaused));
  return 0;
}

async function status(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  readPositionals(positionals, [], help);
  const { spawnsPaused: paused } = await withHost((host) => ask(host, 'settings.get', {}));
  process.stdout.write(values.json ? jsonLine({ data: { paused } }) : said(paused));
  return 0;
}

const said = (paused: boolean): string =>
  paused ? 'New spawns are paused. What runs goes on.\n' : 'New spawns are allowed.\n';
