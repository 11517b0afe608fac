// Sessions that are paused: real trees stand still, whoever looks, whatever is started anew, and go on. Nothing is left stopped.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuntimeName, SessionView } from '#shared/domain/session.ts';
import { findTree } from '../lib/process-tree.ts';
import { getSession } from '../storage/sessions.ts';
import { keepFrozen } from '../sessions/freeze/keep-frozen.ts';
import { processesWith } from '../plugins/runtimes/pty/fixtures/pty-home.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
const patience = { timeout: 30_000, interval: 50 };
let host: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;

async function open(): Promise<Host> {
  const opened = await home.open(true);
  sessions = follow(opened, 'sessions', ({ id }) => id);
  return opened;
}
beforeAll(async () => {
  host = await open();
  await ask(host, 'project.addSandbox', {});
}, 30_000);
afterAll(async () => {
  // Whatever a test left: nothing stays stopped, and the home's own end finds everything able to end.
  await ask(host, 'session.thawAll', {});
  await home.close();
}, 60_000);

/** Forks all the time, and has a daemon whose parents have ended; each child leaves a byte. */
const forking = `OUT=$1
setsid bash -c "(while :; do echo d >> $OUT.daemon; sleep 0.05; done) &" &
while :; do (sleep 0.02; echo x >> $OUT) & sleep 0.02; done`;

interface Begun {
  readonly id: string;
  readonly out: string;
}

async function begin(runtime: RuntimeName = 'pty'): Promise<Begun> {
  const out = join(home.path, randomUUID());
  const script = `${out}.sh`;
  writeFileSync(script, forking);
  const id = await spawnIn(host, { command: `bash ${script} ${out}`, runtime });
  await expect.poll(() => [existsSync(out), existsSync(`${out}.daemon`)], patience).toEqual([true, true]);
  return { id, out };
}

const view = (id: string): SessionView | undefined => sessions.items().find((session) => session.id === id);
const sizes = ({ out }: Begun) => [statSync(out).size, statSync(`${out}.daemon`).size];
const members = (id: string) =>
  findTree({ marker: { name: 'ATHENE_TERMINAL', value: view(id)?.terminal ?? '' }, root: null });
const stateOf = (pid: number): string => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '';
};
const states = async (id: string) => [...new Set((await members(id)).map(({ pid }) => stateOf(pid)))];
const grows = (one: Begun) => {
  const before = sizes(one);
  return expect.poll(() => sizes(one).every((size, index) => size > (before[index] ?? 0)), patience).toBe(true);
};

describe.runIf(process.platform === 'linux')('a paused session', () => {
  it('stands still as a whole, and is shown as such for as long as it is, whatever is concluded elsewhere', async () => {
    const one = await begin();
    const frozen = await ask(host, 'session.freeze', { id: one.id });
    expect(frozen).toMatchObject({ ok: true, value: { already: false, resisting: [] } });
    expect(await states(one.id)).toEqual(['T']);
    await expect.poll(() => view(one.id)?.state, patience).toBe('paused');
    const [before, since] = [sizes(one), view(one.id)?.since];
    await host.watch.refresh();
    await ask(host, 'system.recover', { dryRun: false, project: null, endMany: false });
    expect([view(one.id)?.state, view(one.id)?.confidence, view(one.id)?.since]).toEqual(['paused', 'sure', since]);
    expect(await ask(host, 'session.freeze', { id: one.id })).toMatchObject({ ok: true, value: { already: true } });
    expect(sizes(one)).toEqual(before);
    expect(await ask(host, 'session.thaw', { id: one.id })).toEqual({ ok: true, value: { already: false, left: [] } });
    await grows(one);
    await expect.poll(() => view(one.id)?.state, patience).not.toBe('paused');
    expect(await ask(host, 'session.thaw', { id: one.id })).toEqual({ ok: true, value: { already: true, left: [] } });
    await ask(host, 'session.kill', { id: one.id });
  }, 90_000);

  it('stays so over a restart of the host, which also stops what somebody made go on', async () => {
    const one = await begin();
    await ask(host, 'session.freeze', { id: one.id });
    const before = sizes(one);
    await host.close();
    for (const { pid } of await members(one.id)) process.kill(pid, 'SIGCONT');
    host = await open();
    await expect.poll(() => view(one.id)?.state, patience).toBe('paused');
    await expect.poll(() => states(one.id), patience).toEqual(['T']);
    const after = sizes(one);
    expect(after.every((size, index) => size >= (before[index] ?? 0))).toBe(true);
    await keepFrozen(host.sessions);
    expect([sizes(one), await states(one.id)]).toEqual([after, ['T']]);
    await ask(host, 'session.thaw', { id: one.id });
    await grows(one);
    await ask(host, 'session.kill', { id: one.id });
  }, 90_000);

  it('is lost like any other when its terminal and agent are gone, and whatever is left of it ends', async () => {
    const one = await begin();
    await ask(host, 'session.freeze', { id: one.id });
    await expect.poll(() => view(one.id)?.state, patience).toBe('paused');
    for (const pid of await processesWith(`--home=${home.path}\0`)) process.kill(pid, 'SIGKILL');
    await expect.poll(() => view(one.id)?.state, patience).toBe('lost');
    await ask(host, 'session.kill', { id: one.id });
    expect(await members(one.id)).toEqual([]);
    await expect.poll(() => view(one.id)?.state, patience).toBe('stopped');
  }, 90_000);

  it('runs when somebody continues it while somebody else is still pausing it', async () => {
    const one = await begin();
    const other = await home.open(false);
    const recorded = () => {
      const stored = host.sessions.store.read((tx) => getSession(tx, one.id));
      return stored !== null && 'record' in stored ? stored.record.frozen : null;
    };
    const freezing = ask(host, 'session.freeze', { id: one.id });
    await expect.poll(recorded, { ...patience, interval: 1 }).not.toBeNull();
    expect(await ask(other, 'session.thaw', { id: one.id })).toMatchObject({ ok: true });
    await freezing;
    expect(recorded()).toBeNull();
    await grows(one);
    await other.close();
    await ask(host, 'session.kill', { id: one.id });
  }, 90_000);

  it('is stopped and removed like one that runs, and is not paused any more', async () => {
    const one = await begin();
    await ask(host, 'session.freeze', { id: one.id });
    expect(await ask(host, 'session.kill', { id: one.id })).toMatchObject({ ok: true, value: { survivors: [] } });
    expect(await members(one.id)).toEqual([]);
    await expect.poll(() => view(one.id)?.state, patience).toBe('stopped');
    expect(await ask(host, 'session.freeze', { id: one.id })).toMatchObject({ problem: { code: 'session-ended' } });
    expect(await ask(host, 'session.remove', { id: one.id })).toMatchObject({ ok: true });
  }, 90_000);

  it('gets what is sent to it when it goes on', async () => {
    const one = await begin();
    await ask(host, 'session.freeze', { id: one.id });
    const sent = await ask(host, 'session.send', {
      ...{ id: one.id, message: randomUUID(), text: 'a message', restore: true, anyway: false, timeout: 0 },
    });
    expect(sent).toMatchObject({ ok: true, value: { outcome: 'queued' } });
    await expect
      .poll(() => view(one.id)?.messages.map(({ state, why }) => `${state}: ${why}`), patience)
      .toEqual(['waiting: The session is paused; it is typed when it goes on.']);
    await ask(host, 'session.thaw', { id: one.id });
    await expect.poll(() => view(one.id)?.messages.some(({ state }) => state === 'waiting'), patience).toBe(false);
    await ask(host, 'session.kill', { id: one.id });
  }, 90_000);

  it('is one of all when all are paused and continued', async () => {
    const [one, other] = [await begin(), await begin()];
    await ask(host, 'session.freeze', { id: one.id });
    expect(await ask(host, 'session.freezeAll', {})).toEqual({ ok: true, value: { sessions: [other.id], failed: [] } });
    expect([await states(one.id), await states(other.id)]).toEqual([['T'], ['T']]);
    expect(await ask(host, 'session.thawAll', {})).toEqual({
      ...{ ok: true, value: { sessions: [one.id, other.id], failed: [] } },
    });
    await Promise.all([grows(one), grows(other)]);
    for (const { id } of [one, other]) await ask(host, 'session.kill', { id });
  }, 120_000);

  it.runIf(existsSync('/usr/bin/tmux'))(
    'in tmux stands still too, and its screen is still shown',
    async () => {
      const one = await begin('tmux');
      await ask(host, 'session.freeze', { id: one.id });
      // The program that shows it bears the mark as well, and goes on.
      const still = async () => {
        const before = sizes(one);
        await ask(host, 'session.freeze', { id: one.id });
        return JSON.stringify(before) === JSON.stringify(sizes(one));
      };
      await expect.poll(still, patience).toBe(true);
      expect((await states(one.id)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['S', 'T']);
      await ask(host, 'session.thaw', { id: one.id });
      await grows(one);
      expect(await ask(host, 'session.kill', { id: one.id })).toMatchObject({ ok: true, value: { survivors: [] } });
    },
    90_000,
  );
});
