import { maximalAgentsSchema } from '#shared/domain/settings.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, defineGroup, jsonOption, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { age, jsonLine, plain, table } from './table.ts';

const list = defineCommand({
  name: 'ls',
  summary: 'spawns and restores that wait in line, are under way or have failed',
  options: jsonOption,
  async run({ values }) {
    return withHost(async (host) => {
      const { maximalAgents: most } = await ask(host, 'settings.get', {});
      const listed = [...host.listSpawns(), ...host.listSessions().flatMap(restoreInLine)];
      if (values.json === true) process.stdout.write(jsonLine({ data: listed, meta: { maximalAgents: most } }));
      else process.stdout.write(listed.length === 0 ? 'No spawn waits or is under way.\n' : `${rows(host, listed)}\n`);
      return 0;
    });
  },
});

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

const limit = defineCommand({
  name: 'limit',
  summary: 'how many agents may run at once; whoever is beyond it waits in line',
  words: [{ name: 'N|none', takes: ['none'] }],
  async run({ words: [given] }) {
    const most = given === 'none' ? null : maximalAgentsSchema.safeParse(Number(given)).data;
    if (most === undefined) throw usageError('A limit is 1 to 1000, or none.');
    await withHost((host) => ask(host, 'settings.set', { maximalAgents: most }));
    process.stdout.write(limitText(most));
    return 0;
  },
});

const cancel = defineCommand({
  name: 'cancel',
  summary: 'takes one out of the line',
  words: [{ name: 'REQUEST' }],
  async run({ words: [request] }) {
    await withHost((host) => ask(host, 'session.cancelSpawn', { request }));
    process.stdout.write(`${request} waits no more.\n`);
    return 0;
  },
});

async function set(spawnsPaused: boolean): Promise<number> {
  const settings = await withHost((host) => ask(host, 'settings.set', { spawnsPaused }));
  process.stdout.write(said(settings.spawnsPaused));
  return 0;
}

const pause = defineCommand({
  name: 'pause',
  summary: 'refuses new sessions, whoever asks for one; what runs goes on',
  run: () => set(true),
});

const resume = defineCommand({ name: 'resume', summary: 'allows them again', run: () => set(false) });

const status = defineCommand({
  name: 'status',
  summary: 'says which it is, and the limit',
  options: jsonOption,
  async run({ values }) {
    const { spawnsPaused: paused, maximalAgents } = await withHost((host) => ask(host, 'settings.get', {}));
    if (values.json) process.stdout.write(jsonLine({ data: { paused, maximalAgents } }));
    else process.stdout.write(said(paused) + (maximalAgents === null ? '' : limitText(maximalAgents)));
    return 0;
  },
});

const said = (paused: boolean): string =>
  paused ? 'New spawns are paused. What runs goes on.\n' : 'New spawns are allowed.\n';

const limitText = (most: number | null): string =>
  most === null
    ? 'As many agents may run as you like.\n'
    : `At most ${most === 1 ? '1 agent runs' : `${most} agents run`} at once; others wait in line.\n`;

export const spawns = defineGroup({
  name: 'spawns',
  summary: 'who waits in line, how many agents may run at once, and whether new ones may be started',
  usual: 'ls',
  commands: [list, limit, cancel, pause, resume, status],
});
