import { defineCommand, jsonOption, usageError } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

type FreezeVerb = 'freeze' | 'thaw';

const freezeCommand = (name: FreezeVerb, summary: string) =>
  defineCommand({
    ...{ name, summary, usage: ['ID', '--all'] },
    words: [{ name: 'ID', optional: true, takes: 'session' }],
    options: { all: { says: 'all that run' }, ...jsonOption },
    async run({ values, words: [id] }) {
      if ((id === undefined) !== (values.all === true)) throw usageError('Expected ID or --all.');
      return id === undefined ? doToAll(name, values.json === true) : doToOne(name, id, values.json === true);
    },
  });

export const freeze = freezeCommand('freeze', 'pauses it: its processes stand still where they are');
export const thaw = freezeCommand('thaw', 'continues it');

async function doToOne(verb: FreezeVerb, id: string, json: boolean): Promise<number> {
  const { already, left } = await withHost(async (host) => {
    if (verb === 'thaw') return ask(host, 'session.thaw', { id });
    const { already: was, resisting } = await ask(host, 'session.freeze', { id });
    return { already: was, left: resisting };
  });
  if (left.length > 0) {
    const what = verb === 'freeze' ? 'could not be stopped' : 'could not be continued';
    throw new CommandFailed({ code: 'processes-left', what: `Processes of ${id} ${what}: ${left.join(', ')}.` });
  }
  if (json) process.stdout.write(jsonLine({ session: id, already }));
  else process.stdout.write(`${id} ${words[verb][already ? 'already' : 'done']}\n`);
  return 0;
}

const words = {
  freeze: {
    done: 'is paused: its processes stand still until `athene session thaw`.',
    already: 'is paused already.',
  },
  thaw: { done: 'goes on.', already: 'was not paused.' },
} as const;

async function doToAll(verb: FreezeVerb, json: boolean): Promise<number> {
  const call = verb === 'freeze' ? 'session.freezeAll' : 'session.thawAll';
  const { sessions, failed } = await withHost((host) => ask(host, call, {}));
  if (json) process.stdout.write(jsonLine({ sessions, failed }));
  else {
    for (const id of sessions) process.stdout.write(`${id} ${verb === 'freeze' ? 'is paused' : 'goes on'}\n`);
    for (const { session, why } of failed) process.stderr.write(`${session}: ${plain(why)}\n`);
    if (sessions.length + failed.length === 0)
      process.stdout.write(verb === 'freeze' ? 'Nothing runs that could be paused.\n' : 'Nothing is paused.\n');
  }
  return failed.length === 0 ? 0 : 1;
}
