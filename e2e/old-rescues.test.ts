// The host that supervises forgets snapshots after 30 days, and no others.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { openHost } from '#main/host/open-host.ts';
import { createWorld } from './world.ts';

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
    const opened = await openHost({ env: world.env, live: true });
    if (!opened.ok) throw new Error(opened.problem.what);
    await expect.poll(refs, { timeout: 15_000 }).toBe('refs/athene/rescue/repo-2/1');
    await opened.value.close();
  } finally {
    await world.close();
  }
}, 60_000);
