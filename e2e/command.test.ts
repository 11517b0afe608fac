// The command as people and agents use it: every call its own process, on one home, with no app running.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIfThere } from './read-if-there.ts';
import { createWorld, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 30_000;

let world: World;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
}, 60_000);

afterAll(async () => world.close(), 60_000);

const idIn = (stdout: string): string => /SESSION=(\S+)\n$/.exec(stdout)?.[1] ?? `no last line SESSION=… in ${stdout}`;

async function spawnAgent(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await world.athene('spawn', '--project', 'api', ...args);
  if (code !== 0) throw new Error(stderr);
  return idIn(stdout);
}

const output = async (id: string): Promise<string> => (await world.athene('session', 'output', id)).stdout;
const stateOf = async (id: string): Promise<unknown> => {
  const { stdout } = await world.athene('status', '--json');
  const { data } = JSON.parse(stdout) as { data: { id: string; state: string; status: string }[] };
  const session = data.find((each) => each.id === id);
  return session === undefined ? null : [session.state, session.status];
};

describe('a session', () => {
  it('is spawned, seen, typed into, stopped and removed, and its work is kept', async () => {
    const id = await spawnAgent('--agent', 'custom', '--command', world.fakeAgent('echoes'));
    await expect.poll(() => output(id), { timeout: patience }).toMatch(/\S/);
    expect((await world.athene('send', id, 'hello there')).code).toBe(0);
    await expect.poll(() => output(id), { timeout: patience }).toContain('hello there');
    expect(await stateOf(id)).toEqual(['working', 'working']);

    const { stdout } = await world.athene('session', 'show', id, '--json');
    const { worktree, branch } = JSON.parse(stdout) as { worktree: string; branch: string };
    expect([existsSync(join(worktree, 'README.md')), branch]).toEqual([true, `session/${id}`]);

    expect((await world.athene('session', 'remove', id)).stderr).toContain('Stop it first');
    expect((await world.athene('session', 'kill', id)).code).toBe(0);
    expect([await stateOf(id), existsSync(worktree)]).toEqual([['stopped', 'killed'], true]);
    expect((await world.athene('session', 'kill', id)).stdout).toContain('had ended already');
    expect((await world.athene('session', 'remove', id)).stdout).toContain(`Its branch ${branch} is kept.`);
    expect([await stateOf(id), existsSync(worktree)]).toEqual([null, false]);
  }, 60_000);

  it.each([
    ['0', ['done', 'terminated']],
    ['3', ['crashed', 'terminated']],
  ])('whose agent ends with exit %s is %j, and its last line stays readable', async (code, expected) => {
    const id = await spawnAgent(
      ...['--agent', 'custom', '--command', world.fakeAgent('exits', '--code', code, '--kilobytes', '64')],
    );
    await expect.poll(() => stateOf(id), { timeout: patience }).toEqual(expected);
    expect(await output(id)).toContain('last 0001024');
  });

  it('that ignores HUP and TERM and forks twice leaves no process when the command returns', async () => {
    const pids = join(world.home, '..', 'pids');
    const id = await spawnAgent('--agent', 'custom', '--command', world.fakeAgent('ignores-term', '--pids', pids));
    await expect.poll(() => existsSync(pids), { timeout: patience }).toBe(true);
    const both = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(both.filter((pid) => !world.processes().includes(pid))).toEqual([]);
    expect((await world.athene('session', 'kill', id)).code).toBe(0);
    const left = world
      .processes()
      .filter((pid) => both.includes(pid) || environmentOf(pid).includes(`ATHENE_SESSION=${id}\0`));
    expect(left).toEqual([]);
  });
});

const environmentOf = (pid: number): string => readIfThere(`/proc/${pid}/environ`);

describe('twenty spawns of one issue at once', () => {
  it('make one session and nineteen refusals that name it', async () => {
    const written = ['7', '#7', ' 7 ', 'https://github.com/acme/api/issues/7'];
    const spawns = Array.from({ length: 20 }, (_, index) =>
      world.athene('spawn', written[index % 4] ?? '7', '-p', 'api', '-a', 'custom', '--command', 'sleep 600'),
    );
    const ended = await Promise.all(spawns);
    const winners = ended.filter(({ code }) => code === 0);
    expect(winners).toHaveLength(1);
    const winner = idIn(winners[0]?.stdout ?? '');
    const refusals = ended.filter(({ code }) => code === 1).map(({ stderr }) => stderr.split('\n')[0] ?? '');
    const stated = new RegExp(
      `^SPAWN REFUSED: ${winner} already owns 7 \\(owner=project, status=(spawning|working)\\)$`,
    );
    expect(refusals.filter((line) => stated.test(line))).toHaveLength(19);
  }, 120_000);

  it('and numbers are never given twice, nor again after a removal', async () => {
    const seen: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const ids = await Promise.all([1, 2, 3].map(() => spawnAgent('-a', 'custom', '--command', 'sleep 600')));
      seen.push(...ids);
      for (const id of ids) await world.athene('session', 'kill', id);
      for (const id of ids) await world.athene('session', 'remove', id);
    }
    expect(new Set(seen).size).toBe(9);
  }, 120_000);
});

describe('hostile words', () => {
  /** Each entry point has to know that it asks the allow-lists; which words those refuse is the domain's own test. */
  const hostile = ['../x', '-x', '$(touch hacked)\n', '__proto__'];
  const entries: readonly (readonly [string, (word: string) => readonly string[]])[] = [
    ['project id', (word) => ['project', 'add', world.repository, `--id=${word}`]],
    ['project to forget', (word) => ['project', 'rm', '--', word]],
    ['project of a spawn', (word) => ['spawn', `--project=${word}`, '--agent=shell']],
    ['agent', (word) => ['spawn', '--project=api', `--agent=${word}`]],
    ['branch', (word) => ['spawn', '--project=api', '--agent=shell', `--branch=${word}`]],
    ['base', (word) => ['spawn', '--project=api', '--agent=shell', `--base=${word}`]],
    ['session to show', (word) => ['session', 'show', '--', word]],
    ['session to read', (word) => ['session', 'output', '--', word]],
    ['session to stop', (word) => ['session', 'kill', '--', word]],
    ['session to remove', (word) => ['session', 'remove', '--', word]],
    ['session to send to', (word) => ['send', '--', word, 'text']],
    ['command', (word) => ['--', word]],
  ];

  it.each(entries)(
    'as %s are refused with a message, and reach no shell',
    async (name, wordsFor) => {
      for (const word of hostile.filter((each) => name !== 'branch' || each !== '_meta')) {
        const { code, stderr, stdout } = await world.athene(...wordsFor(word));
        expect([code, stderr === '', stdout], `${name} ${JSON.stringify(word)}`).toEqual([1, false, '']);
      }
      expect([existsSync(join(world.repository, 'hacked')), existsSync(join(world.home, 'hacked'))]).toEqual([
        false,
        false,
      ]);
    },
    120_000,
  );
});
