import { readArguments } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

type FreezeVerb = 'freeze' | 'thaw';

export const isFreezeVerb = (verb: string | undefined): verb is FreezeVerb => verb === 'freeze' || verb === 'thaw';

const options = { all: { type: 'boolean' }, json: { type: 'boolean' } } as const;

export async function freezeFromCommand(verb: FreezeVerb, args: readonly string[], help: string): Promise<number> {
  const { values, positionals } = readArguments(args, options, help);
  const [id, ...more] = positionals;
  if (more.length > 0 || (id === undefined) !== (values.all === true)) {
    throw new CommandFailed({ code: 'usage', what: 'Expected ID or --all.', todo: help });
  }
  return id === undefined ? doToAll(verb, values.json === true) : doToOne(verb, id, values.json === true);
}

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
