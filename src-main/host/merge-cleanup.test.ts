// Sessions whose pull request is merged, with real worktrees and processes: ended and removed, unless something would be lost.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '#shared/domain/fact.ts';
import { cleanUpMerged } from '../lifecycle/reactions/clean-up-merged.ts';
import type { ReactionDependencies } from '../lifecycle/reactions/dependencies.ts';
import { findSession } from '../sessions/session-record.ts';
import { listEvents } from '../storage/events.ts';
import { listPendingCleanups } from '../storage/reactions.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import { withMerged } from './fixtures/with-merged.ts';
import { ok } from '#shared/lib/result.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';
import type { Host } from './host.ts';
import { reactionsOf } from './reaction-handlers.ts';

const home = new HostHome();
const minute = 60_000;
let host: Host;
/** How far the clock of the reactions was set ahead, in milliseconds. */
let ahead = 0;
let state: 'idle' | 'working' | 'unknown' = 'idle';
let grace = 300_000;
let cleansUp = true;
/** Of a kill that fails. */
let survivors: number[] = [];
let troubles: { readonly field: string | null }[] = [];

beforeAll(async () => {
  host = await home.open(false);
  await ask(host, 'project.addSandbox', {});
}, 60_000);
afterAll(() => home.close(), 30_000);

/** As the supervisor's, with a clock that goes on when it is told to, and an agent of which is known what a test says. */
function dependencies(): ReactionDependencies {
  const now = (): number => Date.now() + ahead;
  const told = (claim: Fact['claim']): Fact => ({ source: 'hook', at: now() - 11_000, by: 'test', claim });
  const facts = state === 'unknown' ? [] : [told(state === 'idle' ? { kind: 'rests' } : { kind: 'works', on: null })];
  return {
    ...reactionsOf({
      ...{ sessions: { ...host.sessions, now, runtime: withSurvivors(host.sessions.runtime) }, watch: host.watch },
      configuration: {
        wholeConfig: () => ({ troubles, lifecycle: { autoCleanupOnMerge: cleansUp, mergeCleanupIdleGraceMs: grace } }),
      } as never,
      known: () => ({ facts, terminal: null }),
    }),
  };
}
/** A kill that some processes outlive, where a test says so. */
const withSurvivors = (runtime: Runtime): Runtime =>
  new Proxy(runtime, {
    get(real, name) {
      if (name === 'kill' && survivors.length > 0) return () => Promise.resolve(ok({ survivors, orphans: [] }));
      const value: unknown = Reflect.get(real, name);
      return typeof value === 'function' ? (value.bind(real) as unknown) : value;
    },
  });
const look = (): Promise<boolean> => cleanUpMerged(dependencies());
const ids = () => host.listSessions().map(({ id }) => id);
const pending = (id: string) => host.sessions.store.read((tx) => listPendingCleanups(tx).get(id));

async function merged(): Promise<{ readonly id: string; readonly worktree: string; readonly branch: string }> {
  const id = await spawnIn(host);
  await withMerged(host, id);
  const found = findSession(host.sessions, id);
  if (!found.ok) throw new Error(found.problem.what);
  [ahead, state, grace] = [0, 'idle', 300_000];
  const { workspace } = found.value;
  return { id, worktree: workspace?.path ?? '', branch: workspace?.branch ?? '' };
}

describe('a session whose pull request is merged', { timeout: 60_000 }, () => {
  it('is ended and removed when its agent rests, and its branch stays', async () => {
    const { id, branch } = await merged();
    await look();
    expect(ids()).toContain(id);
    ahead = 30_000;
    await look();
    expect(ids()).not.toContain(id);
    const project = host.projects()[0]?.path ?? '';
    const kept = await host.sessions.git.run(project, ['branch', '--list', branch]);
    expect(kept.ok && kept.value.trim()).toBe(branch);
  });

  it('is left alone while its agent works, and not for longer than the grace', async () => {
    const { id } = await merged();
    state = 'working';
    await look();
    ahead = 4 * minute;
    await look();
    expect([ids().includes(id), pending(id)?.left]).toEqual([true, null]);
    ahead = 6 * minute;
    await look();
    expect(ids()).not.toContain(id);
  });

  it('is left alone while nobody can read whether that is wanted', async () => {
    const { id } = await merged();
    [grace, troubles] = [0, [{ field: null }]];
    await look();
    expect(ids()).toContain(id);
    troubles = [{ field: 'projects.other' }];
    await look();
    expect(ids()).not.toContain(id);
  });

  it('stays where nobody wants it cleaned up', async () => {
    const { id } = await merged();
    [grace, cleansUp] = [0, false];
    await look();
    expect([ids().includes(id), pending(id)]).toEqual([true, undefined]);
    cleansUp = true;
    await look();
    expect(ids()).not.toContain(id);
  });

  it('whose processes can not be ended stays, says why, and is tried again', async () => {
    const { id } = await merged();
    [grace, survivors] = [0, [4242]];
    await look();
    survivors = [];
    expect([ids().includes(id), pending(id)?.left?.why]).toEqual([true, expect.stringContaining('4242')]);
    await look();
    expect(ids()).toContain(id);
    ahead = 11 * minute;
    await look();
    expect(ids()).not.toContain(id);
  });

  it('is never ended while nobody can tell what its agent does', async () => {
    const { id } = await merged();
    state = 'unknown';
    await look();
    ahead = 600 * minute;
    await look();
    expect(ids()).toContain(id);
    await ask(host, 'session.kill', { id });
  });

  it('that holds work is ended and kept, told once, and goes when that is saved', async () => {
    const { id, worktree } = await merged();
    writeFileSync(join(worktree, 'precious.txt'), 'not committed');
    grace = 0;
    await look();
    const record = findSession(host.sessions, id);
    expect(record.ok && record.value.lifecycle.session).toMatchObject({ state: 'terminated', reason: 'pr_merged' });
    expect(pending(id)?.left?.why).toBeTruthy();
    ahead = 11 * minute;
    await look();
    const told = host.sessions.store.read((tx) =>
      listEvents(
        tx,
        { session: id, project: null, kinds: ['cleanup.left'], sources: [], priorities: [], since: null, search: null },
        { limit: 9 },
      ),
    );
    expect(told.length).toBe(1);
    await host.sessions.git.run(worktree, ['add', '-A']);
    await host.sessions.git.run(worktree, [
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.org',
      'commit',
      '-qm',
      'save',
    ]);
    ahead = 22 * minute;
    await look();
    expect(ids()).not.toContain(id);
  });

  it('is kept when somebody has pinned it or has a shell open in it', async () => {
    const { id } = await merged();
    grace = 0;
    await ask(host, 'session.pin', { id, on: true });
    await look();
    expect(ids()).toContain(id);
    await ask(host, 'session.pin', { id, on: false });
    const shell = await ask(host, 'session.openShell', { id });
    expect(shell.ok).toBe(true);
    await look();
    expect(ids()).toContain(id);
    if (shell.ok) await ask(host, 'session.closeTerminal', { id, terminal: shell.value.terminal });
    await look();
    expect(ids()).not.toContain(id);
  });
});
