// Kinds of workspaces and their ports: made, shown, refused, restored, removed. Real git, real agents in real terminals.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnInput } from '#shared/domain/spawn.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import { spawnIn, spawnInput } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
let repository: string;

beforeAll(async () => {
  host = await home.open(false);
  const added = await ask(host, 'project.addSandbox', {});
  repository = added.ok ? added.value.path : '';
}, 30_000);
afterAll(() => home.close(), 30_000);

const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();

const asked = (change: Partial<SpawnInput>): SpawnInput =>
  spawnInput({ command: 'env > "$HOME/env-$ATHENE_SESSION"; sleep 600', ...change });

async function spawn(change: Partial<SpawnInput> = {}): Promise<SessionView> {
  return show(await spawnIn(host, asked(change)));
}

async function show(id: string): Promise<SessionView> {
  const view = await ask(host, 'session.get', { id });
  if (!view.ok) throw new Error(view.problem.what);
  return view.value;
}

async function refusal(change: Partial<SpawnInput>): Promise<string> {
  const answer = await ask(host, 'session.spawn', asked(change));
  return answer.ok ? 'not refused' : answer.problem.what;
}

const kill = (id: string) => ask(host, 'session.kill', { id });
const restore = (id: string) => ask(host, 'session.restore', { id });
const remove = (id: string) => ask(host, 'session.remove', { id });
const faults = () => ask(host, 'system.fsck', { repair: false });

describe.runIf(process.platform !== 'win32')('a session works', () => {
  it('in a clone, is restored there, and removed with its work brought home', async () => {
    const { id, worktree, ports, workspace, branch } = await spawn({ workspace: { kind: 'clone' } });
    expect([workspace, branch, existsSync(join(worktree ?? '', '.git', 'config'))]).toEqual([
      'clone',
      `session/${id}`,
      true,
    ]);
    writeFileSync(join(worktree ?? '', 'work.txt'), 'precious');
    await kill(id);
    expect(await restore(id)).toMatchObject({ ok: true, value: { workspaceMade: false } });
    expect((await show(id)).ports).toEqual(ports);
    await kill(id);
    expect(await faults()).toEqual({ ok: true, value: { findings: [] } });
    expect(await remove(id)).toEqual({
      ok: true,
      value: { rescueRef: `refs/athene/rescue/${id}/1`, branch: `session/${id}` },
    });
    expect([git('show', `refs/athene/rescue/${id}/1:work.txt`), existsSync(worktree ?? '')]).toEqual([
      'precious',
      false,
    ]);
    expect(git('for-each-ref', '--format=%(refname)', 'refs/heads')).toContain(`session/${id}`);
  }, 30_000);

  it('in a clone that somebody deleted: made again from a branch that the project has, else told to be gone', async () => {
    const { id, worktree } = await spawn({ workspace: { kind: 'clone' } });
    await kill(id);
    execFileSync('rm', ['-rf', worktree ?? '']);
    expect(await restore(id)).toMatchObject({ ok: false, problem: { code: 'workspace-missing' } });
    git('branch', `session/${id}`);
    expect(await restore(id)).toMatchObject({ ok: true, value: { workspaceMade: true } });
    await kill(id);
    await remove(id);
  }, 30_000);

  it('only in what is provably its own place: whatever else lies there is left as it is, and no agent is started in it', async () => {
    const { id, worktree } = await spawn();
    const other = await spawn();
    const clone = await spawn({ workspace: { kind: 'clone' } });
    for (const each of [id, other.id, clone.id]) await kill(each);
    const [path, link] = [worktree ?? '', join(worktree ?? '', '.git')];
    const own = readFileSync(link, 'utf8');
    writeFileSync(join(path, 'precious.txt'), 'precious');
    const doubtful: readonly (() => void)[] = [
      () => undefined,
      () => writeFileSync(link, readFileSync(join(other.worktree ?? '', '.git'))),
      () => writeFileSync(link, 'gitdir: /nowhere\n'),
      () => execFileSync('git', ['init', '-q', path]),
    ];
    for (const make of doubtful) {
      rmSync(link, { recursive: true });
      make();
      const refused = await restore(id);
      expect(refused).toMatchObject({ ok: false, problem: { code: 'workspace-missing' } });
      expect(readFileSync(join(path, 'precious.txt'), 'utf8')).toBe('precious');
      if (!existsSync(link)) writeFileSync(link, '');
    }
    rmSync(link, { recursive: true });
    writeFileSync(link, own);
    expect(await restore(id)).toMatchObject({ ok: true, value: { workspaceMade: false } });
    rmSync(join(clone.worktree ?? '', '.git'), { recursive: true });
    expect(await restore(clone.id)).toMatchObject({ ok: false, problem: { code: 'workspace-missing' } });
    await kill(id);
    renameSync(path, `${path}-aside`);
    expect(await restore(id)).toMatchObject({ ok: true, value: { workspaceMade: true } });
    expect(readFileSync(join(`${path}-aside`, 'precious.txt'), 'utf8')).toBe('precious');
    await kill(id);
    rmSync(`${path}-aside`, { recursive: true });
    rmSync(clone.worktree ?? '', { recursive: true });
    for (const each of [id, other.id, clone.id]) await remove(each);
  }, 60_000);

  it('in the own checkout, one at a time unless told so, and removes nothing', async () => {
    const inPlace = (alongside: boolean) => ({ workspace: { kind: 'in-place', alongside } as const });
    const first = await spawn(inPlace(false));
    expect([first.workspace, first.worktree, first.branch]).toEqual(['in-place', repository, 'main']);
    expect(await refusal(inPlace(false))).toBe(`${first.id} has its files in ${repository}.`);
    expect(await refusal({ ...inPlace(true), branch: 'x' })).toMatch(/^No branch is switched/);
    const second = await spawn(inPlace(true));
    await kill(first.id);
    expect(await restore(first.id)).toMatchObject({ ok: false, problem: { code: 'spawn-refused' } });
    await kill(second.id);
    expect(await restore(first.id)).toMatchObject({ ok: true });
    await kill(first.id);
    for (const { id } of [first, second]) {
      expect(await remove(id)).toEqual({ ok: true, value: { rescueRef: null, branch: 'main' } });
    }
    expect([git('status', '--porcelain'), git('branch', '--show-current')]).toEqual(['', 'main']);
  }, 30_000);

  it('in a worktree of somebody else, one at a time, and removes nothing', async () => {
    const path = join(home.path, '..', 'theirs');
    git('worktree', 'add', '-q', '--detach', path);
    const adopted = { workspace: { kind: 'adopted', path } as const };
    const first = await spawn(adopted);
    expect([first.workspace, first.worktree, first.branch]).toEqual(['adopted', path, null]);
    expect(await refusal(adopted)).toBe(`${first.id} has its files in ${path}.`);
    const made = await spawn();
    const stolen = { workspace: { kind: 'adopted', path: made.worktree ?? '' } as const };
    expect(await refusal(stolen)).toBe(`${made.id} has its files in ${made.worktree}.`);
    await kill(made.id);
    expect(await refusal(stolen)).toBe(`${made.id} has its files in ${made.worktree}.`);
    await remove(made.id);
    await kill(first.id);
    expect(await restore(first.id)).toMatchObject({ ok: true });
    await kill(first.id);
    expect(await remove(first.id)).toEqual({ ok: true, value: { rescueRef: null, branch: null } });
    expect([existsSync(join(path, '.git')), git('worktree', 'list')]).toEqual([true, expect.stringContaining(path)]);
  }, 30_000);

  it('with a block of ports of its own, where nobody listens, and knows it', async () => {
    const first = await spawn();
    const next = (first.ports?.base ?? 0) + 10;
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(next + 3, '127.0.0.1', resolve));
    const others = await Promise.all([spawn(), spawn()]);
    server.close();
    const bases = others.map(({ ports }) => ports?.base ?? 0);
    expect(new Set([first.ports?.base, ...bases]).size).toBe(3);
    expect(bases).not.toContain(next);
    const file = join(home.path, '..', `env-${others[0]?.id}`);
    const told = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    await expect.poll(told).toContain(`ATHENE_PORT_BASE=${bases[0]}\n`);
    await expect.poll(told).toContain(`ATHENE_PORT_9=${(bases[0] ?? 0) + 9}\n`);
    expect(await faults()).toEqual({ ok: true, value: { findings: [] } });
  }, 30_000);
});
