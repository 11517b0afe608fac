// Fails and kills `session kill`, `session remove` and `send` before their calls to the outside, with fsck as the judge.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { deliverPending } from '#main/sessions/send/deliver.ts';
import { listRescues } from '#main/rescue/list-rescues.ts';
import { findSession } from '#main/sessions/session-record.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import type { Delivery } from '#main/storage/outbox.ts';
import { openGit } from '#main/lib/git.ts';
import { FaultCount, loopPatience, pointsOf } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';
import { startAgent } from './fixtures/host-of.ts';
import { readIfThere } from './read-if-there.ts';
import type { World } from './world.ts';

/** Those of most need a session of their own. */
const every = { kill: 14, remove: 24, send: 11, restore: 29 };
const count = new FaultCount('Kill, removal, message');

let faulty: FaultWorld;
let world: World;
let host: Host;
/** What agents have read. */
let received: string;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ world, host } = faulty);
  received = join(world.home, '..', 'received');
}, 60_000);

afterAll(async () => {
  count.print();
  await faulty.close();
}, 60_000);

/** Asked for again, by another process than the one that was struck. */
const done = async (call: 'session.kill' | 'session.remove', id: string): Promise<void> => {
  expect(await ask(host, call, { id }), `${call} of ${id}`).toMatchObject({ ok: true });
};
/** Text, then Enter: two calls. */
const beforeEnter = 'kill:pty-host-input#2';
const faults = (point: number): readonly string[] => [`kill:${point}`, `fail:${point}:EIO`];
/** What of the session's work can still be read: in its worktree, or in a snapshot. */
async function workOf(id: string, worktree: string): Promise<readonly string[]> {
  const file = join(worktree, 'work.txt');
  const git = openGit({ env: world.env, home: world.home });
  if (!git.ok) throw new Error(git.problem.what);
  const rescues = await listRescues(git.value, { id: 'demo', path: world.repository }, id);
  if (!rescues.ok) throw new Error(rescues.problem.what);
  return [
    ...(existsSync(file) ? [readFileSync(file, 'utf8')] : []),
    ...rescues.value.map(({ ref }) =>
      execFileSync('git', ['show', `${ref}:work.txt`], { cwd: world.repository, env: world.env, encoding: 'utf8' }),
    ),
  ];
}

describe.runIf(process.platform === 'linux')('whatever happens to the process that does it', () => {
  it(
    'a kill can be asked for again, and nothing of the session runs then',
    async () => {
      const first = await startAgent(host, 'sleep 600');
      const { length: calls } = await faulty.callsOf(['session', 'kill', first.id]);
      for (const point of pointsOf(calls, every.kill)) {
        for (const fault of faults(point)) {
          await count.around(async () => {
            const { id } = await startAgent(host, 'sleep 600');
            await faulty.atheneWith(fault, ['session', 'kill', id]);
            await faulty.expectMended(`${fault} of kill`);
            await done('session.kill', id);
            await faulty.expectMended(`after ${fault} of kill`);
            const ended = findSession(host.sessions, id);
            expect(ended.ok && ended.value.lifecycle.session.state, fault).toBe('terminated');
          });
        }
      }
      expect(world.processes().filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes('sleep'))).toEqual([]);
    },
    loopPatience,
  );

  it(
    'a removal can be asked for again, and loses no byte',
    async () => {
      const first = await startAgent(host, 'true');
      await done('session.kill', first.id);
      writeFileSync(join(first.worktree, 'work.txt'), first.id);
      const { length: calls } = await faulty.callsOf(['session', 'remove', first.id]);
      expect(await workOf(first.id, first.worktree)).toEqual([first.id]);
      for (const point of pointsOf(calls, every.remove)) {
        for (const fault of faults(point)) {
          await count.around(async () => {
            const { id, worktree } = await startAgent(host, 'true');
            await done('session.kill', id);
            writeFileSync(join(worktree, 'work.txt'), id);
            const { code } = await faulty.atheneWith(fault, ['session', 'remove', id]);
            expect((await workOf(id, worktree)).includes(id), `${fault} of remove`).toBe(true);
            if (findSession(host.sessions, id).ok) await done('session.remove', id);
            else expect([code, fault.startsWith('kill')], fault).not.toEqual([1, false]);
            await faulty.expectMended(`after ${fault} of remove`);
            expect([existsSync(worktree), (await workOf(id, worktree)).includes(id)], fault).toEqual([false, true]);
          });
        }
      }
    },
    loopPatience,
  );

  it(
    'a message is typed once or not at all, and then its text is kept',
    async () => {
      const { id } = await startAgent(host, reader(received));
      const { length: calls } = await faulty.callsOf(['send', id, 'counted']);
      for (const point of pointsOf(calls, every.send)) {
        for (const fault of faults(point)) {
          await count.around(async () => {
            const text = `message ${fault}`;
            await faulty.atheneWith(fault, ['send', id, text]);
            await expectOnceOrKept(id, text, fault);
          });
        }
      }
    },
    loopPatience,
  );

  it(
    'a message to an ended session too, also when its restore is cut short',
    async () => {
      const { id } = await startAgent(host, reader(received));
      await done('session.kill', id);
      const { length: calls } = await faulty.callsOf(['send', id, 'counted']);
      for (const point of pointsOf(calls, every.restore)) {
        for (const fault of faults(point)) {
          await count.around(async () => {
            await done('session.kill', id);
            const text = `to the ended ${fault}`;
            const { code, stderr } = await faulty.atheneWith(fault, ['send', id, text]);
            await recoverSpawns(host.sessions);
            const state = await expectOnceOrKept(id, text, `${fault} (${code}): ${stderr}`);
            const found = findSession(host.sessions, id);
            const runs = found.ok && found.value.lifecycle.session.state === 'working';
            expect(runs || state !== 'delivered', `${fault}: delivered to one that runs`).toBe(true);
          });
        }
      }
    },
    loopPatience,
  );

  it('a message whose sender is killed between text and Enter is entered by whoever comes next, and nothing is typed behind it', async () => {
    const { id } = await startAgent(host, reader(received));
    await faulty.atheneWith(beforeEnter, ['send', id, 'left standing']);
    expect(await world.athene('send', id, 'comes after it')).toMatchObject({ code: 0 });
    await expect
      .poll(() => lines(received).filter((line) => /standing|comes after/.test(line)))
      .toEqual(['left standing', 'comes after it']);
    expect(await expectOnceOrKept(id, 'left standing', 'between text and Enter')).toBe('delivered');
  }, 60_000);

  it('behind a message of which nobody can tell whether it stands there, the next waits until somebody has looked', async () => {
    const { id } = await startAgent(host, `stty -echo; ${reader(received)}`);
    await expect.poll(async () => (await world.athene('session', 'output', id)).stdout).toContain('ready');
    await faulty.atheneWith(beforeEnter, ['send', id, 'unseen']);
    const second = await world.athene('send', id, 'behind the unseen', '--timeout', '4');
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('an earlier message may stand half typed in the terminal: "unseen"'),
    });
    await lookAndDiscard(id, 'unseen');
    await deliverPending(host.sessions, id);
    await expect.poll(() => lines(received).filter((line) => line.includes('unseen'))).toEqual(['behind the unseen']);
  }, 60_000);

  it('a message that somebody types who was stopped is not typed by another', async () => {
    const { id } = await startAgent(host, reader(received));
    const child = faulty.begin('stop:pty-host-input#1', ['send', id, 'slowly']);
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const stateOf = (text: string) =>
      host.sessions.store
        .read((tx) => tx.all<Pick<Delivery, 'state'>>('SELECT state FROM outbox WHERE body = ?', text))
        .map(({ state }) => state)[0];
    await expect.poll(() => stateOf('slowly'), { timeout: 20_000 }).toBe('delivering');
    const second = await world.athene('send', id, 'behind it', '--timeout', '2');
    expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Queued for \S+\. Process \d+ is typing/) });
    await deliverPending(host.sessions, id);
    expect([stateOf('slowly'), stateOf('behind it')]).toEqual(['delivering', 'pending']);
    for (const pid of stoppedChildren(child.pid ?? 0)) process.kill(pid, 'SIGCONT');
    expect(await ended).toBe(0);
    await deliverPending(host.sessions, id);
    await expect
      .poll(() => lines(received).filter((line) => /^(slowly|behind it)$/.test(line)))
      .toEqual(['slowly', 'behind it']);
  }, 60_000);
});

/** Says each line again, so that it is seen, and writes it down. */
const reader = (file: string): string => `echo ready; while read -r line; do echo "$line" >> '${file}'; done`;

async function expectOnceOrKept(id: string, text: string, at: string): Promise<Delivery['state'] | undefined> {
  await faulty.expectMended(at);
  await deliverPending(host.sessions, id);
  const rows = host.sessions.store
    .read((tx) => tx.all<Pick<Delivery, 'state'>>('SELECT state FROM outbox WHERE body = ?', text))
    .map(({ state }) => state);
  const own = () => lines(received).filter((line) => line === text);
  if (rows[0] === 'delivered') await expect.poll(own).toEqual([text]);
  expect(own().length, at).toBeLessThanOrEqual(1);
  expect(['delivered', 'failed', undefined], at).toContain(rows[0]);
  if (rows[0] === 'failed') await lookAndDiscard(id, text);
  return rows[0];
}

/** As a person does who was told that nobody knows how much of it was typed: until then nothing is typed behind it. */
async function lookAndDiscard(id: string, text: string): Promise<void> {
  const { sessions } = host;
  const [row] = sessions.store.read((tx) => tx.all<Pick<Delivery, 'id'>>('SELECT id FROM outbox WHERE body = ?', text));
  const found = findSession(sessions, id);
  const killsLine = '\u0015';
  if (found.ok && found.value.terminal !== null) {
    await sessions.runtime.input(found.value.terminal, Buffer.from(killsLine));
  }
  expect(await ask(host, 'message.discard', { session: id, message: row?.id ?? '' })).toMatchObject({ ok: true });
}

/** The command is a shell that became Node, or started it. */
const stoppedChildren = (pid: number): readonly number[] =>
  [pid, ...world.processes()].filter((each) => /^State:\s+T/m.test(readIfThere(`/proc/${each}/status`)));

const lines = (file: string): readonly string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
