// A branch that is switched by bare git, which no wrapper and no hook tells of.
import { execFileSync } from 'node:child_process';
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

it('is shown, and a detached HEAD changes nothing', async () => {
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
  git('switch', '-q', '-c', 'feat/after-that');
  await expect.poll(() => view()?.branch, patience).toBe('feat/after-that');
});
