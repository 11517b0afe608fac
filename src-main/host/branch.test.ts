// What bare git does to a worktree, of which no wrapper and no hook tells.
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getSession } from '../storage/sessions.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;

beforeAll(async () => {
  app = await home.open(true);
  await ask(app, 'project.addSandbox', {});
}, 30_000);
afterAll(() => home.close(), 30_000);

it('is shown, so is a HEAD on no branch and a worktree that is gone, and the end of both', async () => {
  const sessions = follow(app, 'sessions', ({ id }) => id);
  const id = await spawnIn(app);
  const view = () => sessions.items().find((session) => session.id === id);
  const patience = { timeout: 30_000, interval: 50 };
  const worktree = () => {
    const stored = app.sessions.store.read((tx) => getSession(tx, id));
    return stored === null || 'damaged' in stored ? undefined : stored.record.workspace?.path;
  };
  await expect.poll(worktree, patience).toBeTypeOf('string');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: worktree(), stdio: 'ignore' });
  git('switch', '-q', '-c', 'feat/by-bare-git');
  await expect.poll(() => view()?.branch, patience).toBe('feat/by-bare-git');
  git('checkout', '-q', '--detach');
  const shown = () => [view()?.branch, view()?.sight];
  await expect.poll(shown, patience).toEqual(['feat/by-bare-git', 'detached']);
  git('switch', '-q', '-c', 'feat/after-that');
  await expect.poll(shown, patience).toEqual(['feat/after-that', null]);
  const path = worktree() ?? '';
  renameSync(path, `${path}-away`);
  await expect.poll(shown, patience).toEqual(['feat/after-that', 'gone']);
  renameSync(`${path}-away`, path);
  await expect.poll(shown, patience).toEqual(['feat/after-that', null]);
});
