// The host that supervises forgets snapshots, and what removed sessions printed, after 30 days, and no others.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openHost } from '#main/host/open-host.ts';
import { createWorld, type World } from './world.ts';

/** As the supervisor left it a moment ago. */
function setClock({ home }: World, { steadyFor }: { readonly steadyFor: number }): void {
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  const seen = Date.now();
  writeFileSync(join(home, 'run', 'clock.json'), JSON.stringify({ since: seen - steadyFor * 24 * 3_600_000, seen }));
}

it('forgets a snapshot of 31 days ago when a supervisor starts, and keeps one of 29', async () => {
  const world = createWorld();
  const git = (env: Record<string, string>, ...args: string[]) =>
    execFileSync('git', args, { cwd: world.repository, env: { ...world.env, ...env }, encoding: 'utf8' }).trim();
  const snapshot = (session: string, days: number): void => {
    const date = `@${Math.floor(Date.now() / 1000) - days * 24 * 3600} +0000`;
    const commit = git({ GIT_COMMITTER_DATE: date }, 'commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'kept');
    git({}, 'update-ref', `refs/athene/rescue/${session}/1`, commit);
  };
  const refs = () => git({}, 'for-each-ref', '--format=%(refname)', 'refs/athene/');
  try {
    await world.athene('project', 'add', world.repository, '--id', 'demo');
    snapshot('repo-1', 31);
    snapshot('repo-2', 29);
    setClock(world, { steadyFor: 8 });
    const opened = await openHost({ env: world.env, live: true });
    if (!opened.ok) throw new Error(opened.problem.what);
    await expect.poll(refs).toBe('refs/athene/rescue/repo-2/1');
    await opened.value.close();
    // Ten years ahead, or looked at for the first time: everything seems old.
    snapshot('repo-3', 3650);
    setClock(world, { steadyFor: 6 });
    const set = readFileSync(join(world.home, 'run', 'clock.json'), 'utf8');
    const again = await openHost({ env: world.env, live: true });
    if (!again.ok) throw new Error(again.problem.what);
    await expect.poll(() => readFileSync(join(world.home, 'run', 'clock.json'), 'utf8')).not.toBe(set);
    await again.value.close();
    expect(refs()).toBe('refs/athene/rescue/repo-2/1\nrefs/athene/rescue/repo-3/1');
  } finally {
    await world.close();
  }
}, 60_000);

it('keeps what a removed session printed for 30 days, and no longer', async () => {
  const world = createWorld();
  const ageTo = async (days: number): Promise<void> => {
    const opened = await openHost({ env: world.env, live: false });
    if (!opened.ok) throw new Error(opened.problem.what);
    const at = Date.now() - days * 24 * 3_600_000;
    const { store } = opened.value.sessions;
    await store.write('age', (tx) => void tx.run('UPDATE kept_transcripts SET removed = ?', at));
    await opened.value.close();
  };
  const supervised = async (): Promise<void> => {
    const opened = await openHost({ env: world.env, live: true });
    if (!opened.ok) throw new Error(opened.problem.what);
    // Its first turn is over when it can stop.
    await opened.value.close();
  };
  setClock(world, { steadyFor: 8 });
  const directories = (): readonly string[] => readdirSync(join(world.home, 'transcripts'));
  try {
    await world.athene('project', 'add', world.repository, '--id', 'demo');
    const spawned = await world.athene('spawn', '--agent', 'custom', '--command', 'echo what it found; sleep 600');
    const id = /SESSION=(\S+)/.exec(spawned.stdout)?.[1] ?? '';
    await expect.poll(async () => (await world.athene('session', 'output', id)).stdout).toContain('found');
    expect((await world.athene('session', 'kill', id)).code).toBe(0);
    expect((await world.athene('session', 'remove', id)).code).toBe(0);
    expect((await world.athene('session', 'show', id)).code).toBe(1);
    expect((await world.athene('session', 'output', id)).stdout).toBe('what it found\n');
    expect(await world.athene('fsck')).toMatchObject({ code: 0, stderr: '' });
    await ageTo(29);
    await supervised();
    expect(directories()).toHaveLength(1);
    await ageTo(31);
    await supervised();
    expect([directories(), (await world.athene('session', 'output', id)).code]).toEqual([[], 1]);
  } finally {
    await world.close();
  }
}, 120_000);
