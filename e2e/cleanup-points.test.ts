// Fails and kills `session cleanup`, `rescue restore` and `rescue prune` before their calls to the outside.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { changeSession } from '#main/sessions/session-record.ts';
import { sampleRecord } from '#main/storage/fixtures/scratch-home.ts';
import { insertSession } from '#main/storage/sessions.ts';
import { everyOf, FaultCount, loopPatience, pointsOf, wholeRun } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';
import { startAgent, type StartedSession } from './fixtures/host-of.ts';
import { readIfThere } from './read-if-there.ts';
import type { World } from './world.ts';

const count = new FaultCount('Cleanup and rescue');

let faulty: FaultWorld;
let world: World;
let host: Host;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ world, host } = faulty);
}, loopPatience);

afterAll(async () => {
  count.print();
  await faulty.close();
}, loopPatience);

const faults = (point: number): readonly string[] => [`kill:${point}`, `fail:${point}:EIO`];
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: world.repository, env: world.env, encoding: 'utf8' }).trim();

let made = 0;

/** One that has ended, with a real worktree, without the time that a start takes. */
async function ended(): Promise<StartedSession> {
  made += 1;
  const [id, branch] = [`ended-${made}`, `session/ended-${made}`];
  const spec = {
    project: { id: 'demo', path: world.repository, defaultBranch: 'main' },
    session: id,
    branch,
    base: null,
  };
  const request = { ...spec, kind: 'worktree' as const };
  const opened = await host.sessions.workspaces.create(request, () => {}, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.problem.what);
  const { path, baseCommit } = opened.value;
  const workspace = { path, branch, baseCommit, branchCreated: true, kind: 'worktree' as const };
  const lifecycle = withKilled(withRuntimeStarted(initialLifecycle(1), 1), 1);
  const record = sampleRecord(id, { project: 'demo', workspace, lifecycle });
  await host.sessions.store.write('ended', (tx) => insertSession(tx, record));
  return { id, worktree: path };
}

async function withWork(session: Promise<StartedSession>): Promise<StartedSession> {
  const started = await session;
  writeFileSync(join(started.worktree, 'work.txt'), started.id);
  return started;
}

/** It runs although its pull request was closed. */
async function closed(): Promise<StartedSession> {
  const started = await startAgent(host, 'sleep 600');
  await changeSession(host.sessions, 'closed', started.id, (record) => ({
    ...record,
    lifecycle: { ...record.lifecycle, pullRequest: { ...record.lifecycle.pullRequest, state: 'closed' } },
  }));
  return started;
}

interface Untidy {
  readonly clean: readonly StartedSession[];
  readonly dirty: readonly StartedSession[];
}

const several = async (): Promise<Untidy> => ({
  clean: [await ended()],
  dirty: [await withWork(ended()), await withWork(closed())],
});

/** Of several at some calls; in a whole run at every call of one of each kind, which are a third of those of three. */
const cleanups: readonly (readonly [string, () => Promise<Untidy>, number])[] = [
  ['several', several, wholeRun ? 12 : 110],
  ...(wholeRun
    ? ([
        ['one whose agent is gone', async () => ({ clean: [], dirty: [await withWork(ended())] }), 1],
        ['one that runs', async () => ({ clean: [], dirty: [await withWork(closed())] }), 1],
      ] as const)
    : []),
];

/** What of the session's work can be read: in its worktree, or in a snapshot. */
function workOf({ id, worktree }: StartedSession): readonly string[] {
  const file = join(worktree, 'work.txt');
  const refs = git('for-each-ref', '--format=%(refname)', `refs/athene/rescue/${id}/`).split('\n').filter(Boolean);
  return [
    ...(existsSync(file) ? [readFileSync(file, 'utf8')] : []),
    ...refs.map((ref) => git('show', `${ref}:work.txt`)),
  ];
}

const ids = (): readonly string[] => host.listSessions().map(({ id }) => id);
const sleepers = (): number =>
  world.processes().filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes('sleep\u0000600')).length;

describe.runIf(process.platform === 'linux')('whatever happens to the process that does it', () => {
  it.each(cleanups)(
    'a cleanup of %s can be asked for again, and loses no byte',
    async (_, make, step) => {
      const words = ['session', 'cleanup'];
      await make();
      const { length: calls } = await faulty.callsOf(words);
      for (const point of everyOf(calls, step)) {
        for (const fault of faults(point)) {
          await count.around(async () => {
            const { clean, dirty } = await make();
            await faulty.atheneWith(fault, words);
            const at = `${fault} of ${calls} of cleanup`;
            for (const each of dirty) expect(workOf(each), at).toContain(each.id);
            await faulty.expectMended(at);
            expect((await world.athene(...words)).stderr, at).toBe('');
            await faulty.expectMended(`after ${at}`);
            expect([ids(), sleepers()], at).toEqual([[], 0]);
            for (const each of [...clean, ...dirty]) expect(existsSync(each.worktree), at).toBe(false);
            for (const each of dirty) expect(workOf(each), at).toContain(each.id);
          });
        }
      }
    },
    loopPatience,
  );

  it(
    'a snapshot can be given back again, and is forgotten whole or not at all',
    async () => {
      const { id, worktree } = await ended();
      writeFileSync(join(worktree, 'work.txt'), id);
      await ask(host, 'session.remove', { id });
      const place = (name: string): string => join(world.home, '..', '..', `given-back-${name}`);
      const { length: calls } = await faulty.callsOf(['rescue', 'restore', `${id}/1`, place('counted')]);
      for (const point of pointsOf(calls, 24)) {
        for (const fault of faults(point)) {
          await count.around(async () => {
            const [first, second] = [place(fault), place(`${fault}-again`)];
            const { code } = await faulty.atheneWith(fault, ['rescue', 'restore', `${id}/1`, first]);
            // One that failed left its place free; one that was killed could not.
            const free = fault.startsWith('fail') && code !== 0;
            const again = free ? first : second;
            if (free) expect(existsSync(first), fault).toBe(false);
            expect((await world.athene('rescue', 'restore', `${id}/1`, again)).stderr, fault).toBe('');
            expect(readFileSync(join(again, 'work.txt'), 'utf8')).toBe(id);
            await faulty.expectMended(fault);
            // Each that stays makes every later look at the home slower.
            for (const made of [first, second]) rmSync(made, { recursive: true, force: true });
            git('worktree', 'prune');
          });
        }
      }
      const prune = ['rescue', 'prune', '--days', '0'];
      const { length: callsOfPrune } = await faulty.callsOf([...prune, '--dry-run']);
      for (const point of pointsOf(callsOfPrune, 24)) {
        await count.around(async () => {
          await faulty.atheneWith(`kill:${point}`, prune);
          if (workOf({ id, worktree }).length > 0) expect(workOf({ id, worktree })).toEqual([id]);
          await faulty.expectMended(`kill ${point} of prune`);
        });
      }
      expect((await world.athene(...prune)).code).toBe(0);
      expect(workOf({ id, worktree })).toEqual([]);
    },
    loopPatience,
  );
});
