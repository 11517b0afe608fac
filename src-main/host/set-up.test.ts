// A project whose worktrees need something before an agent can work: seen and answered in the agent's terminal, told in the session's view.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { noWork, type ProjectWork } from '#shared/domain/set-up.ts';
import type { SpawnInput } from '#shared/domain/spawn.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;
let checkout: string;
const patience = { timeout: 25_000, interval: 50 };

beforeAll(async () => {
  host = await home.open(true);
  const added = await ask(host, 'project.addSandbox', {});
  checkout = added.ok ? added.value.path : '';
  writeFileSync(join(checkout, '.env'), 'KEY=1\n');
  mkdirSync(join(checkout, '.git', 'info'), { recursive: true });
  writeFileSync(join(checkout, '.git', 'info', 'exclude'), '.env\n');
  mkdirSync(join(checkout, 'tools'));
  sessions = follow(host, 'sessions', ({ id }) => id);
}, 30_000);
afterAll(() => home.close(), 30_000);

const configure = (work: Partial<ProjectWork>) =>
  ask(host, 'project.configure', { id: 'sandbox', work: { ...noWork, ...work } });

/** Writes down that it was started; says `agent runs` first, and each line that it is given. */
const agent = `echo started >> "$HOME/starts-$ATHENE_SESSION"; stty -echo; echo agent runs; while read -r line; do echo "got $line"; done`;

const spawn = (change: Partial<SpawnInput> = {}): Promise<string> => spawnIn(host, { command: agent, ...change });

const view = (id: string): SessionView | undefined => sessions.items().find((session) => session.id === id);
const shown = (id: string) => {
  const { state, status, because } = view(id) ?? {};
  return { state, status, because };
};
const text = async (id: string): Promise<string> => {
  const output = await host.sessions.runtime.output(view(id)?.terminal ?? '', 200);
  return output.ok ? output.value : '';
};
const type = (id: string, keys: string) =>
  host.sessions.runtime.input(view(id)?.terminal ?? '', Buffer.from(keys, 'utf8'));
const file = (name: string): string => join(home.path, '..', name);
const linesOf = (name: string): number =>
  existsSync(file(name)) ? readFileSync(file(name), 'utf8').trim().split('\n').length : 0;

async function end(id: string): Promise<unknown> {
  await ask(host, 'session.kill', { id });
  return ask(host, 'session.remove', { id });
}

describe.runIf(process.platform !== 'win32')('a project with a set-up', () => {
  it('has its files brought and its commands run before the agent starts, and a typed prompt waits for that', async () => {
    await configure({
      copy: ['.env'],
      link: ['tools'],
      setUp: [
        'cat .env; git status --porcelain; echo "port $ATHENE_PORT_BASE"',
        `until [ -e '${file('go')}' ]; do sleep 0.1; done`,
      ],
    });
    const id = await spawn({ prompt: 'the task' });
    await expect
      .poll(() => shown(id), patience)
      .toEqual({
        state: 'starting',
        status: 'spawning',
        because: expect.stringMatching(/^Setting up \(2 of 2\): until /),
      });
    // The state is told on another way than the output.
    const firstLines = async () => (await text(id)).split('\n').slice(0, 6);
    await expect
      .poll(firstLines, patience)
      .toEqual([
        '[set-up] Copied .env',
        '[set-up] Linked tools',
        '[set-up] tools is not ignored by git; here git leaves it out all the same',
        '[set-up 1 of 2] cat .env; git status --porcelain; echo "port $ATHENE_PORT_BASE"',
        'KEY=1',
        `port ${view(id)?.ports?.base}`,
      ]);
    expect([view(id)?.promptDelivery, (await text(id)).includes('agent runs')]).toEqual(['pending', false]);
    writeFileSync(file('go'), '');
    await expect.poll(() => text(id), patience).toContain('got the task');
    await expect.poll(() => shown(id).state, patience).toBe('working');
    expect((await text(id)).match(/the task/g)).toHaveLength(1);
    // Copies and links that nobody changed are no work.
    expect(await end(id)).toMatchObject({ ok: true, value: { rescueRef: null } });
  }, 60_000);

  it('asks when a command fails, goes on as it is told, and does it again at a restore', async () => {
    await configure({ setUp: [`[ -e '${file('mended')}' ]`, 'echo "count" >> "$HOME/counted"'] });
    const id = await spawn();
    await expect
      .poll(() => shown(id), patience)
      .toEqual({
        state: 'asks-you',
        status: 'needs_input',
        because: expect.stringMatching(
          /^Set-up failed at 1 of 2 \(.*, exit 1\); it asks in its terminal how to go on\.$/,
        ),
      });
    await expect.poll(() => text(id), patience).toContain('Retry (r), start the agent anyway (a), or leave (l)?');
    await type(id, 'a\r');
    await expect.poll(() => text(id), patience).toContain('agent runs');
    await expect.poll(() => shown(id).state, patience).toBe('working');
    expect(view(id)?.setUp).toMatchObject({ state: 'passed-over', step: 1, of: 2, code: 1 });
    await ask(host, 'session.kill', { id });
    writeFileSync(file('mended'), '');
    // Not by what is read in its terminal: for a moment after a restore the view still names the former one.
    const started = (times: number) => expect.poll(() => linesOf(`starts-${id}`), patience).toBe(times);
    for (const times of [2, 3]) {
      expect(await ask(host, 'session.restore', { id })).toMatchObject({ ok: true });
      await started(times);
      // The second restore finds it done.
      expect(linesOf('counted')).toBe(1);
      await ask(host, 'session.kill', { id });
    }
    const { worktree } = view(id) ?? {};
    execFileSync('git', ['worktree', 'remove', '--force', worktree ?? ''], { cwd: checkout });
    expect(await ask(host, 'session.restore', { id })).toMatchObject({ ok: true, value: { workspaceMade: true } });
    await started(4);
    expect(linesOf('counted')).toBe(2);
    await end(id);
  }, 60_000);

  it('ends the session when it is left, and starts the agent at once when none was wanted', async () => {
    await configure({ setUp: ['exit 4'] });
    const left = await spawn();
    await expect.poll(() => text(left), patience).toContain('or leave (l)?');
    await type(left, 'l\r');
    await expect.poll(() => view(left)?.exit?.code, patience).toBe(4);
    expect(await text(left)).not.toContain('agent runs');
    const without = await spawn({ setUp: false });
    await expect.poll(() => text(without), patience).toContain('agent runs');
    expect(await text(without)).not.toContain('set-up');
    const inPlace = await spawn({ workspace: { kind: 'in-place', alongside: false } });
    await expect.poll(() => text(inPlace), patience).toContain('agent runs');
    for (const id of [left, without, inPlace]) await end(id);
    await configure({});
  }, 60_000);

  it('has its commands run before a removal, which a failing one stops', async () => {
    await configure({ tearDown: ['pwd > "$HOME/torn"; echo "$ATHENE_SESSION" >> "$HOME/torn"', 'echo why; exit 5'] });
    const id = await spawn();
    const { worktree } = view(id) ?? {};
    const refused = await end(id);
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        code: 'tear-down-failed',
        what: `The tear-down of ${id} failed at 2 of 2: echo why; exit 5 ended with exit 5.`,
        details: 'why',
      },
    });
    expect([readFileSync(file('torn'), 'utf8'), existsSync(worktree ?? '')]).toEqual([`${worktree}\n${id}\n`, true]);
    const link = join(worktree ?? '', '.git');
    renameSync(link, `${link}-aside`);
    rmSync(file('torn'));
    expect(await ask(host, 'session.remove', { id })).toMatchObject({ ok: false, problem: { code: 'cannot-tell' } });
    expect(existsSync(file('torn')), 'run in a directory that is no worktree').toBe(false);
    renameSync(`${link}-aside`, link);
    expect(await ask(host, 'session.remove', { id, tearDown: false })).toMatchObject({ ok: true });
    expect(existsSync(worktree ?? '')).toBe(false);
    await configure({});
  }, 60_000);

  it('puts work aside before the commands of a removal can reach it, once however often that is tried', async () => {
    await configure({ tearDown: ['git clean -fdq; git reset -q --hard', `[ -e '${file('may-go')}' ]`] });
    const id = await spawn();
    const worktree = view(id)?.worktree ?? '';
    writeFileSync(join(worktree, 'new'), 'precious');
    expect(await end(id)).toMatchObject({ ok: false, problem: { code: 'tear-down-failed' } });
    const [rescueRef] = snapshotsOf(id);
    expect(execFileSync('git', ['show', `${rescueRef}:new`], { cwd: checkout, encoding: 'utf8' })).toBe('precious');
    writeFileSync(join(worktree, 'new'), 'precious');
    expect(await ask(host, 'session.remove', { id })).toMatchObject({ ok: false });
    expect(snapshotsOf(id)).toEqual([rescueRef]);
    writeFileSync(file('may-go'), '');
    expect(await ask(host, 'session.remove', { id })).toMatchObject({ ok: true, value: { rescueRef: null } });
    expect([snapshotsOf(id), existsSync(worktree)]).toEqual([[rescueRef], false]);
    await configure({});
  }, 60_000);
});

const snapshotsOf = (id: string): readonly string[] =>
  execFileSync('git', ['for-each-ref', '--format=%(refname)', `refs/athene/rescue/${id}/`], {
    ...{ cwd: checkout, encoding: 'utf8' },
  })
    .split('\n')
    .filter((ref) => ref !== '');
