// What an agent may do with the real command from inside its real session, and where its token is found: nowhere.
import { lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Host } from '#main/host/host.ts';
import { getSession, listSessions, updateSession } from '#main/storage/sessions.ts';
import { listTokens } from '#main/storage/tokens.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { readIfThere } from './read-if-there.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, run, type CommandResult, type World } from './world.ts';

const patience = 60_000;
vi.setConfig({ testTimeout: 150_000 });
const isLinux = process.platform === 'linux';

let world: World;
let host: Host;
/** Where the agents take orders; not in the home. */
let orders: string;
/** Every token that there ever was. */
const tokens = new Set<string>();
const worker = 'repo-1';
const other = 'repo-2';

beforeAll(async () => {
  world = createWorld();
  orders = join(dirname(world.repository), 'orders');
  await world.athene('project', 'add', world.repository, '--id', 'api');
  host = await hostOf(world);
  await argumentsSampled(async () => {
    for (const id of [worker, other]) {
      const command = world.fakeAgent('orders', '--folder', join(orders, id));
      const words = ['spawn', '-p', 'api', '-a', 'custom', '--name', `as ${id}`, '--command', command];
      const spawned = await world.athene(...words);
      // Who else runs there is told.
      expect([spawned.code, spawned.stderr]).toEqual([0, '']);
      await tokenOf(id);
    }
  });
}, 90_000);

afterAll(async () => {
  await host.close();
  await world.close();
}, 60_000);

const environmentOf = (id: string): Promise<Record<string, string>> =>
  vi.waitFor(() => JSON.parse(readFileSync(join(orders, id, 'environment'), 'utf8')) as Record<string, string>, {
    timeout: patience,
  });

/** What the agent that runs now has in its environment. */
async function tokenOf(id: string): Promise<string> {
  const { ATHENE_TOKEN: token = '' } = await environmentOf(id);
  tokens.add(token);
  return token;
}

/** An agent that was started again needs a moment until it has left its environment there. */
const anotherTokenOf = (id: string, earlier: string): Promise<unknown> =>
  vi.waitUntil(async () => (await tokenOf(id)) !== earlier, { timeout: patience, interval: 50 });

let ordered = 0;

interface Changes {
  readonly set?: Readonly<Record<string, string>>;
  readonly unset?: readonly string[];
}

/** Lets the agent run the command, with its own environment or a changed one. */
async function inside(
  id: string,
  args: readonly string[],
  { set = {}, unset = [] }: Changes = {},
): Promise<CommandResult> {
  const name = `order-${(ordered += 1)}`;
  const order = join(orders, id, name);
  writeFileSync(`${order}.part`, JSON.stringify({ argv: [world.command, ...args], set, unset }));
  renameSync(`${order}.part`, `${order}.json`);
  return vi.waitFor(() => JSON.parse(readFileSync(`${order}.done`, 'utf8')) as CommandResult, { timeout: patience });
}

/** Rows and configuration: what no refused command may change. The time at which somebody looked is none of it. */
const everything = () => ({
  config: readFileSync(join(world.home, 'config.yaml'), 'utf8'),
  records: host.sessions.store
    .read(listSessions)
    .sessions.map(({ record }) => ({ ...record, lifecycle: record.lifecycle.session })),
  tokens: host.sessions.store.read(listTokens),
});

async function change(id: string, next: Partial<SessionRecord>): Promise<void> {
  await host.sessions.store.write('test', (tx) => {
    const stored = getSession(tx, id);
    if (stored === null || 'damaged' in stored) throw new Error(`${id} is gone`);
    updateSession(tx, id, stored.rev, { ...stored.record, ...next });
  });
}

describe('a worker', () => {
  it('reads what there is', async () => {
    const reads = [
      ['status'],
      ['session', 'show', other],
      ['session', 'output', other],
      ['project', 'ls'],
      ['rescue', 'ls'],
    ];
    const done = await Promise.all(
      [...reads, ['fsck'], ['session', 'cleanup', '--dry-run']].map((args) => inside(worker, args)),
    );
    expect(done.map(({ code, stderr }) => [code, stderr])).toEqual(done.map(() => [0, '']));
    expect(done[0]?.stdout).toContain(other);
  });

  it('renames itself', async () => {
    expect((await inside(worker, ['session', 'rename', worker, 'on its way'])).stdout).toContain('on its way');
  });

  it('does nothing beyond its role', async () => {
    const before = everything();
    const tries = [
      ['spawn', '-p', 'api', '-a', 'custom', '--command', 'sleep 600'],
      ['session', 'kill', other],
      ['session', 'kill', worker],
      ['session', 'restore', other],
      ['session', 'remove', other],
      ['session', 'rename', other, 'taken over'],
      ['session', 'attach', other],
      ['session', 'cleanup'],
      ['send', other, 'hello'],
      ['spawns', 'pause'],
      ['project', 'rm', 'api'],
      ['project', 'add', '.', '--id', 'mine'],
      ['fsck', '--repair'],
      ['rescue', 'prune', '--days', '0'],
      ['import', '--from', orders, '--apply'],
      ['demo'],
      ['serve'],
    ];
    const done = await Promise.all(tries.map((args) => inside(worker, args)));
    const allowed = tries.filter((_, index) => {
      const { code, stderr } = done[index]!;
      return (
        code !== 1 ||
        !/^The agent of repo-1 \(worker\) may not .+\nNothing was changed\.\n.*[Aa]sk the person/.test(stderr)
      );
    });
    expect(allowed).toEqual([]);
    expect(everything()).toEqual(before);
  });

  it('is nobody else, whatever its environment says', async () => {
    const own = await tokenOf(worker);
    const gone = { ...named(other), ATHENE_TOKEN: own, AO_TOKEN: own };
    const claims: readonly [string, Changes, RegExp][] = [
      ['the caller type of a person', { set: { ATHENE_CALLER_TYPE: 'human', AO_CALLER_TYPE: 'human' } }, /may not/],
      ['the caller type of an orchestrator', { set: { ATHENE_CALLER_TYPE: 'orchestrator' } }, /may not/],
      ['the name of another session', { set: named(other) }, /not that of this session/],
      ['the name of no session', { set: named('repo-99') }, /not that of this session/],
      ['another session with its own token', { set: gone }, /not that of this session/],
      ['no token', { unset: ['ATHENE_TOKEN', 'AO_TOKEN'] }, /missing/],
      ['an empty token', { set: { ATHENE_TOKEN: '', AO_TOKEN: '' } }, /missing/],
      ['a token cut short', { set: { ATHENE_TOKEN: own.slice(0, -1) } }, /not that/],
      ['a token of 100 kB', { set: { ATHENE_TOKEN: 'A'.repeat(100_000) } }, /not that/],
      ['an odd token', { set: { ATHENE_TOKEN: `${own}\n' OR 1=1 --` } }, /not that/],
      [
        'only the old names',
        { unset: ['ATHENE_TOKEN', 'ATHENE_SESSION', 'ATHENE_SESSION_ID', 'ATHENE_SESSION_NAME'] },
        /may not/,
      ],
      ['a token without a session', { unset: names }, /does not name/],
    ];
    const before = everything();
    const done = await Promise.all(claims.map(([, changes]) => inside(worker, ['session', 'kill', other], changes)));
    const wrong = claims.filter(([, , refusal], index) => done[index]?.code !== 1 || !refusal.test(done[index].stderr));
    expect(wrong.map(([name]) => name)).toEqual([]);
    expect(everything()).toEqual(before);
  });

  it('still reads when its token is lost', async () => {
    const read = await inside(worker, ['status'], { unset: ['ATHENE_TOKEN', 'AO_TOKEN'] });
    expect([read.code, read.stdout.includes(other)]).toEqual([0, true]);
  });
});

const names = ['ATHENE', 'AO'].flatMap((prefix) =>
  ['SESSION', 'SESSION_ID', 'SESSION_NAME'].map((name) => `${prefix}_${name}`),
);
const named = (id: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, id]));

/** As a process that was left over from an agent, or that found its token somewhere. */
const withToken = (id: string, token: string, home = world.home) =>
  run(world.command, ['session', 'rename', id, 'by its token'], {
    cwd: world.repository,
    env: { ...world.env, ATHENE_HOME: home, ...named(id), ATHENE_TOKEN: token },
  });

describe('a token', () => {
  it('is worth nothing in another home', async () => {
    const elsewhere = createWorld();
    try {
      const done = await withToken(worker, await tokenOf(worker), elsewhere.home);
      expect([done.code, done.stderr]).toEqual([1, expect.stringContaining('not that of this session')]);
    } finally {
      await elsewhere.close();
    }
  });

  it('ends with its session, and a restore gives another one', async () => {
    const first = await tokenOf(worker);
    expect((await withToken(worker, first)).code).toBe(0);
    await argumentsSampled(async () => {
      expect((await world.athene('session', 'kill', worker)).code).toBe(0);
      expect((await withToken(worker, first)).stderr).toContain('has ended');
      expect(host.sessions.store.read(listTokens)).toEqual([other]);
      expect((await world.athene('session', 'restore', worker)).code).toBe(0);
      await anotherTokenOf(worker, first);
    });
    const old = await withToken(worker, first);
    expect([old.code, old.stderr]).toEqual([1, expect.stringContaining('not that of this session')]);
    expect((await inside(worker, ['session', 'rename', worker, 'again'])).code).toBe(0);
  });
});

describe('an orchestrator', () => {
  beforeAll(() => change(worker, { kind: 'orchestrator' }));
  afterAll(() => change(worker, { kind: 'worker' }));

  it('spawns in its project, and leads what its project owns', async () => {
    const words = ['spawn', '-p', 'api', '-a', 'custom', '--command', 'sleep 600', '--json'];
    const spawned = await argumentsSampled(() => inside(worker, words));
    expect([spawned.code, spawned.stderr]).toEqual([0, '']);
    const { id } = JSON.parse(spawned.stdout) as { id: string };
    expect(host.sessions.store.read((tx) => getSession(tx, id))).toMatchObject({
      record: { owner: { kind: 'project' } },
    });
    expect((await inside(worker, ['session', 'kill', id])).stdout).toContain('is stopped');
    expect((await inside(worker, ['session', 'remove', id])).stdout).toContain('is removed');
    expect(host.sessions.store.read(listTokens)).toEqual([worker, other]);
  });

  it('removes nothing that would have to be rescued', async () => {
    const { worktree } = host.listSessions().find(({ id }) => id === other)!;
    expect((await inside(worker, ['session', 'kill', other])).code).toBe(0);
    const { because } = host.listSessions().find(({ id }) => id === other)!;
    expect(because).toBe(`${worker} stopped it; its worktree and branch are kept.`);
    writeFileSync(join(worktree ?? '', 'unsaved.txt'), 'precious');
    const removed = await inside(worker, ['session', 'remove', other]);
    expect([removed.code, removed.stderr]).toEqual([1, expect.stringContaining('not committed')]);
    expect(readFileSync(join(worktree ?? '', 'unsaved.txt'), 'utf8')).toBe('precious');
    const earlier = await tokenOf(other);
    expect((await inside(worker, ['session', 'restore', other])).code).toBe(0);
    const told = (await world.athene('events', '--session', other, '--source', 'agent')).stdout;
    expect(told).toMatch(new RegExp(`${worker} stopped it\\.\\n.*${worker} started it again\\.\\n$`));
    await anotherTokenOf(other, earlier);
  });

  it('leaves to a person what needs one, and to a meta-orchestrator what is its own', async () => {
    await change(other, { owner: { kind: 'meta', name: 'chief' } });
    const tries = [
      ['session', 'kill', other],
      ['session', 'kill', worker],
      ['session', 'cleanup'],
      ['spawns', 'pause'],
    ];
    const done = await Promise.all(tries.map((args) => inside(worker, args)));
    expect(done.map(({ code, stderr }) => [code, stderr.includes('(orchestrator) may not')])).toEqual(
      tries.map(() => [1, true]),
    );
    await change(other, { owner: { kind: 'project' } });
  });
});

describe("a person's own shell", () => {
  it('has no token and acts for the person', async () => {
    const spawned = await world.athene('spawn', '-p', 'api', '-a', 'shell', '--json');
    const { id } = JSON.parse(spawned.stdout) as { id: string };
    const told = join(orders, 'shell');
    await world.athene(
      'send',
      id,
      `env > '${told}'; athene session rename ${id} 'by the person' && echo done >> '${told}'`,
    );
    const text = await vi.waitUntil(
      () => {
        const environment = readIfThere(told);
        return environment.endsWith('done\n') ? environment : null;
      },
      { timeout: patience, interval: 50 },
    );
    expect(text).not.toContain('TOKEN=');
    expect(text).toContain('ATHENE_CALLER_TYPE=human');
    expect((await world.athene('session', 'kill', id)).code).toBe(0);
  });
});

/** Arguments of whatever ran while something was done. */
const seen = new Set<string>();

async function argumentsSampled<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    for (const pid of isLinux ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
      seen.add(readIfThere(`/proc/${pid}/cmdline`));
    }
  }, 40);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

// Last, so that there is something to find.
describe('all tokens of this world', () => {
  const tokensIn = (text: string): readonly string[] =>
    [...tokens].filter((token) => text.includes(token.replace('athene_', '')));

  it('are told by no command', async () => {
    const looks = [
      ['session', 'show', worker, '--json'],
      ['status', '--json'],
      ['doctor', '--json'],
      ['fsck', '--json'],
    ];
    const told = await Promise.all(looks.map((args) => world.athene(...args)));
    expect([tokens.size, told.every(({ stdout }) => stdout !== ''), tokensIn(JSON.stringify(told))]).toEqual([
      4,
      true,
      [],
    ]);
  });

  it('were in no argument, are in no file of the home, and in the environment of nobody but the agents', () => {
    const files = filesIn(world.home).map((path) => ({ where: relative(world.home, path), text: readIfThere(path) }));
    const args = [...seen].map((text) => ({ where: 'an argument', text }));
    const others = (isLinux ? world.processes() : [])
      .map((pid) => ({ where: readIfThere(`/proc/${pid}/cmdline`), text: readIfThere(`/proc/${pid}/environ`) }))
      .filter(({ where }) => !where.includes('orders'));
    const found = [...files, ...args, ...others].filter(({ text }) => tokensIn(text).length > 0);
    expect(found.map(({ where }) => where)).toEqual([]);
    expect([files.length > 10, !isLinux || (seen.size > 10 && others.length >= 2)]).toEqual([true, true]);
  });
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = lstatSync(path);
    return stats.isDirectory() ? filesIn(path) : stats.isFile() ? [path] : [];
  });
