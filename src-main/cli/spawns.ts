import { maximalAgentsSchema } from '#shared/domain/settings.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { readArguments, readPositionals, type PlainCommand } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { age, jsonLine, plain, table } from './table.ts';

const help = `athene spawns ls [--json]        spawns and restores that wait in line, are under way or have failed
athene spawns limit N|none       how many agents may run at once; whoever is beyond it waits in line
athene spawns cancel REQUEST     takes one out of the line
athene spawns pause              refuses new sessions, whoever asks for one; what runs goes on
athene spawns resume             allows them again
athene spawns status [--json]    says which it is, and the limit`;

export const spawns: PlainCommand = {
  help,
  async run([verb = 'ls', ...rest]) {
    if (verb === 'ls') return list(rest);
    if (verb === 'limit') return limit(rest);
    if (verb === 'cancel') return cancel(rest);
    if (verb === 'pause') return set(true, rest);
    if (verb === 'resume') return set(false, rest);
    if (verb === 'status') return status(rest);
    throw new CommandFailed({ code: 'usage', what: 'Which of ls, limit, cancel, pause, resume, status?', todo: help });
  },
};

async function list(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  readPositionals(positionals, [], help);
  return withHost(async (host) => {
    const { maximalAgents: most } = await ask(host, 'settings.get', {});
    const listed = [...host.listSpawns(), ...host.listSessions().flatMap(restoreInLine)];
    if (values.json === true) process.stdout.write(jsonLine({ data: listed, meta: { maximalAgents: most } }));
    else process.stdout.write(listed.length === 0 ? 'No spawn waits or is under way.\n' : `${rows(host, listed)}\n`);
    return 0;
  });
}

type Listed = Pick<SpawnView, 'request' | 'session' | 'state' | 'place' | 'name' | 'startedAt'>;

const restoreInLine = ({ id, name, inLine, since }: SessionView): readonly Listed[] =>
  inLine === null ? [] : [{ ...inLine, session: id, state: 'queued', name, startedAt: since }];

const rows = (host: Host, listed: readonly Listed[]): string =>
  table([
    ['REQUEST', 'STATE', 'SESSION', 'SINCE', 'NAME'],
    ...listed.map(({ request, state, place, session, startedAt, name }) => [
      request,
      place === null ? state : `${ordinal(place)} in line`,
      session ?? '',
      age(host.sessions.now() - startedAt),
      plain(name),
    ]),
  ]);

async function limit(args: readonly string[]): Promise<number> {
  const [given] = readPositionals(readArguments(args, {}, help).positionals, ['N'], help);
  const most = given === 'none' ? null : maximalAgentsSchema.safeParse(Number(given)).data;
  if (most === undefined)
    throw new CommandFailed({ code: 'usage', what: 'A limit is 1 to 1000, or none.', todo: help });
  await withHost((host) => ask(host, 'settings.set', { maximalAgents: most }));
  process.stdout.write(limitText(most));
  return 0;
}

async function cancel(args: readonly string[]): Promise<number> {
  const [request] = readPositionals(readArguments(args, {}, help).positionals, ['REQUEST'], help);
  await withHost((host) => ask(host, 'session.cancelSpawn', { request }));
  process.stdout.write(`${request} waits no more.\n`);
  return 0;
}

async function set(spawnsPaused: boolean, args: readonly string[]): Promise<number> {
  readPositionals(readArguments(args, {}, help).positionals, [], help);
  const settings = await withHost((host) => ask(host, 'settings.set', { spawnsPaused }));
  process.stdout.write(said(settings.spawnsPaused));
  return 0;
}

async function status(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  readPositionals(positionals, [], help);
  const { spawnsPaused: paused, maximalAgents } = await withHost((host) => ask(host, 'settings.get', {}));
  if (values.json) process.stdout.write(jsonLine({ data: { paused, maximalAgents } }));
  else process.stdout.write(said(paused) + (maximalAgents === null ? '' : limitText(maximalAgents)));
  return 0;
}

const said = (paused: boolean): string =>
  paused ? 'New spawns are paused. What runs goes on.\n' : 'New spawns are allowed.\n';

const limitText = (most: number | null): string =>
  most === null
    ? 'As many agents may run as you like.\n'
    : `At most ${most === 1 ? '1 agent runs' : `${most} agents run`} at once; others wait in line.\n`;
