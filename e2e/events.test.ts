// The timeline as people see it: each command its own process, and one that follows them all.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventView } from '#shared/domain/event.ts';
import { createWorld, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 60_000;
/** Not a secret of anybody: it must be found nowhere. */
const canary = 'ghp_canary0123456789canary0123456789';

let world: World;
let follower: ChildProcess;
let followed = '';
let followerEnd: Promise<number | null>;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
  follower = spawn(world.command, ['events', '--follow', '--json'], { env: world.env, stdio: ['ignore', 'pipe', 2] });
  follower.stdout?.setEncoding('utf8').on('data', (text: string) => (followed += text));
  followerEnd = new Promise((resolve) => follower.on('close', resolve));
}, 60_000);

afterAll(async () => {
  follower.kill('SIGKILL');
  await world.close();
}, 60_000);

async function listed(...args: string[]): Promise<readonly EventView[]> {
  const { code, stdout, stderr } = await world.athene('events', ...args, '--json');
  if (code !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { data: EventView[] }).data;
}
const kindsOf = (events: readonly EventView[]): readonly string[] => events.map(({ kind }) => kind);
const done = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await world.athene(...args);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout;
};

describe('the life of a session', () => {
  let id: string;

  it('is told in order, each thing once, and outlives the session', { timeout: 180_000 }, async () => {
    const agent = ['--agent', 'custom', '--command', world.fakeAgent('echoes')];
    const spawned = await done('spawn', '--project', 'api', ...agent);
    id = /SESSION=(\S+)\n$/.exec(spawned)?.[1] ?? '';
    await done('send', id, `please use ${canary} for this`);
    const { worktree, terminal } = JSON.parse(await done('session', 'show', id, '--json')) as Record<string, string>;
    const told = tellBySpool({ session: id, terminal: terminal ?? '' });
    await done('session', 'rename', id, `Renamed password=${canary}`);
    expect([existsSync(told), existsSync(join(world.home, 'spool', 'rejected'))]).toEqual([false, false]);
    await done('session', 'kill', id);
    await done('session', 'restore', id);
    await done('session', 'kill', id);
    writeFileSync(join(worktree ?? '', 'unsaved.txt'), 'not committed\n');
    await done('session', 'remove', id);

    const events = await listed('--session', id);
    expect(kindsOf(events)).toEqual([
      'session.spawn_started',
      'session.spawned',
      'message.sent',
      'message.confirmed',
      'session.renamed',
      'session.killed',
      'session.restored',
      'session.killed',
      'rescue.made',
      'session.removed',
    ]);
    expect(new Set(events.map(({ project }) => project))).toEqual(new Set(['api']));
  });

  it('was told to whoever followed, as it came', { timeout: 60_000 }, async () => {
    const last = (await listed()).at(-1)?.id;
    const lines = (): readonly EventView[] =>
      followed
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as EventView);
    await expect.poll(() => lines().at(-1)?.id, { timeout: patience }).toBe(last);
    expect(lines()).toEqual(await listed());
    follower.kill('SIGINT');
    expect(await followerEnd).toBe(0);
  });

  it('is found by words, kind, source, time and priority, and printed for people', { timeout: 60_000 }, async () => {
    const found = await Promise.all([
      listed('--search', 'put aside'),
      listed('--kind', 'message'),
      listed('--kind', 'session.killed', '--kind', 'session.restored', '--limit', '2'),
      listed('--source', 'person'),
      listed('--since', '2000-01-01', '--priority', 'urgent'),
      listed('--search', '" OR NEAR(*'),
      listed('--project', 'other'),
    ]);
    expect(found.map(kindsOf)).toEqual([
      ['rescue.made'],
      ['message.sent', 'message.confirmed'],
      ['session.restored', 'session.killed'],
      ['message.sent', 'session.killed', 'session.restored', 'session.killed'],
      [],
      [],
      [],
    ]);
    const printed = await done('events', '--kind', 'message.sent');
    expect(printed).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {3}\S+ +message\.sent +Message: please use \[secret\] for this\n$/,
    );
  });

  it('holds nothing of what was secret, whoever told it', async () => {
    const all = JSON.stringify(await listed());
    expect(all).toContain('[secret]');
    expect(all).not.toContain('canary');
  });
});

it.each([
  [['--since', 'yesterday'], '--since takes'],
  [['--limit', '0'], '--limit takes'],
  [['--priority', 'high'], '--priority takes'],
  [['--kind', 'No Kind'], 'not a kind of event'],
  [['--session', '../x'], 'a session id has'],
  [['what'], 'no further words'],
])('says what is wrong with %j and ends with 1', { timeout: 60_000 }, async (args, what) => {
  const { code, stderr, stdout } = await world.athene('events', ...args);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(what);
});

type Terminal = Readonly<Record<'session' | 'terminal', string>>;

/** As a hook would, with a secret in all that it says. */
function tellBySpool({ session, terminal }: Terminal): string {
  const id = randomUUID();
  const data = { told: { prompt: canary, url: `https://me:${canary}@example.org/a.git`, env: { TOKEN: canary } } };
  const spool = join(world.home, 'spool');
  mkdirSync(spool, { recursive: true, mode: 0o700 });
  const event = { version: 1, id, session, terminal, source: 'custom', kind: 'Stop', at: Date.now(), data };
  const file = join(spool, `${id}.json`);
  writeFileSync(file, JSON.stringify(event), { mode: 0o600 });
  return file;
}
