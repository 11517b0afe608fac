// Fails and kills `session kill`, `session remove` and `send` before their calls to the outside, with fsck as the judge.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHome } from '#main/care/check-home.ts';
import type { Host } from '#main/host/host.ts';
import { openHost } from '#main/host/open-host.ts';
import { deliverPending } from '#main/sessions/deliver.ts';
import { listRescues } from '#main/rescue/list-rescues.ts';
import { findSession } from '#main/sessions/session-record.ts';
import type { Delivery } from '#main/storage/outbox.ts';
import { openGit } from '#main/lib/git.ts';
import { createWorld, type World } from './world.ts';

const patience = 300_000;
/** Points of a kind that need a session of their own; `ATHENE_ALL_FAULTS=1` tries them all. */
const every = process.env['ATHENE_ALL_FAULTS'] === '1' ? 1 : 7;

let world: World;
let host: Host;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const opened = await openHost({ env: world.env, live: false });
  if (!opened.ok) throw new Error(opened.problem.what);
  host = opened.value;
}, 60_000);

afterAll(async () => {
  await host.close();
  await world.close();
}, 60_000);

function atheneWith(
  fault: string,
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(world.command, words, { cwd: world.repository, env: { ...world.env, ATHENE_FAULT: fault } });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.resume();
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

async function start(command: string): Promise<{ readonly id: string; readonly worktree: string }> {
  const words = ['spawn', '--project', 'demo', '--agent', 'custom', '--command', command, '--json'];
  const { stdout, stderr } = await world.athene(...words);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { id: string; worktree: string };
}

async function expectMended(at: string): Promise<void> {
  const found = await checkHome(host.care, { mend: true, refresh: () => host.watch.refresh() });
  expect(
    found.filter(({ state }) => state !== 'repaired'),
    at,
  ).toEqual([]);
}

async function callsOf(words: readonly string[]): Promise<number> {
  const file = join(world.home, '..', 'calls');
  rmSync(file, { force: true });
  expect(await atheneWith(`count:0:${file}`, words)).toEqual({ code: 0, stderr: '' });
  return readFileSync(file, 'utf8').trim().split('\n').length;
}

const faults = (point: number): readonly string[] => [`kill:${point}`, `fail:${point}:EIO`];
const done = async (...words: string[]): Promise<void> => {
  const ended = await world.athene(...words);
  expect([ended.code, ended.stderr], words.join(' ')).toEqual([0, '']);
};

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
      const first = await start('sleep 600');
      const calls = await callsOf(['session', 'kill', first.id]);
      for (let point = 1; point <= calls; point += every) {
        for (const fault of faults(point)) {
          const { id } = await start('sleep 600');
          await atheneWith(fault, ['session', 'kill', id]);
          await expectMended(`${fault} of kill`);
          await done('session', 'kill', id);
          await expectMended(`after ${fault} of kill`);
          const ended = findSession(host.sessions, id);
          expect(ended.ok && ended.value.lifecycle.session.state, fault).toBe('terminated');
        }
      }
      expect(
        world.processes().filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('sleep')),
      ).toEqual([]);
    },
    patience,
  );

  it(
    'a removal can be asked for again, and loses no byte',
    async () => {
      const first = await start('true');
      await done('session', 'kill', first.id);
      writeFileSync(join(first.worktree, 'work.txt'), first.id);
      const calls = await callsOf(['session', 'remove', first.id]);
      expect(await workOf(first.id, first.worktree)).toEqual([first.id]);
      for (let point = 1; point <= calls; point += every) {
        for (const fault of faults(point)) {
          const { id, worktree } = await start('true');
          await done('session', 'kill', id);
          writeFileSync(join(worktree, 'work.txt'), id);
          const { code } = await atheneWith(fault, ['session', 'remove', id]);
          expect((await workOf(id, worktree)).includes(id), `${fault} of remove`).toBe(true);
          if (findSession(host.sessions, id).ok) await done('session', 'remove', id);
          else expect([code, fault.startsWith('kill')], fault).not.toEqual([1, false]);
          await expectMended(`after ${fault} of remove`);
          expect([existsSync(worktree), (await workOf(id, worktree)).includes(id)], fault).toEqual([false, true]);
        }
      }
    },
    patience,
  );

  it(
    'a message is typed once or not at all, and then its text is kept',
    async () => {
      const received = join(world.home, '..', 'received');
      const { id } = await start(`stty -echo; while read -r line; do echo "$line" >> '${received}'; done`);
      const calls = await callsOf(['send', id, 'counted']);
      for (let point = 1; point <= calls; point += 1) {
        for (const fault of faults(point)) {
          const text = `message ${fault}`;
          await atheneWith(fault, ['send', id, text]);
          await expectMended(`${fault} of send`);
          await deliverPending(host.sessions, id);
          const rows = host.sessions.store
            .read((tx) => tx.all<Pick<Delivery, 'state'>>('SELECT state FROM outbox WHERE body = ?', text))
            .map(({ state }) => state);
          if (rows[0] === 'delivered')
            await expect.poll(() => lines(received).filter((line) => line === text)).toEqual([text]);
          expect(lines(received).filter((line) => line === text).length, fault).toBeLessThanOrEqual(1);
          expect(['delivered', 'failed', undefined], fault).toContain(rows[0]);
        }
      }
    },
    patience,
  );
});

const lines = (file: string): readonly string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
