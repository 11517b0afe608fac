// Terminals beside the agent's: the project's run command and shells, and their end with the session.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { noWork } from '#shared/domain/set-up.ts';
import { insertTerminal } from '../storage/terminals.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;
const patience = { timeout: 20_000, interval: 50 };

beforeAll(async () => {
  host = await home.open(true);
  await ask(host, 'project.addSandbox', {});
  sessions = follow(host, 'sessions', ({ id }) => id);
}, 30_000);
afterAll(() => home.close(), 30_000);

const runs = (run: string | null) => ask(host, 'project.configure', { id: 'sandbox', work: { ...noWork, run } });

const spawn = (command = 'sleep 600'): Promise<string> => spawnIn(host, { command });

const view = (id: string): SessionView | undefined => sessions.items().find((session) => session.id === id);
const shown = (id: string) => view(id)?.terminals.map(({ name, state }) => `${name} ${state}`);
const text = async (terminal: string): Promise<string> => {
  const output = await host.sessions.runtime.output(terminal, 100);
  return output.ok ? output.value : '';
};
async function opened(id: string, call: 'session.run' | 'session.openShell') {
  const answer = await ask(host, call, { id });
  if (!answer.ok) throw new Error(answer.problem.what);
  return answer.value;
}

describe.runIf(process.platform !== 'win32')('beside the agent', () => {
  it('the run command runs once, in the worktree, with the ports of the session, and is stopped and started again', async () => {
    const id = await spawn();
    expect(await ask(host, 'session.run', { id })).toMatchObject({ ok: false, problem: { code: 'run-missing' } });
    await runs('echo "at $PWD port $ATHENE_PORT_BASE token ${ATHENE_TOKEN:-none}"; sleep 600');
    const [first, second] = await Promise.all([opened(id, 'session.run'), opened(id, 'session.run')]);
    expect([first.terminal === second.terminal, first.already !== second.already]).toEqual([true, true]);
    await expect.poll(() => shown(id), patience).toEqual(['agent alive', 'run alive']);
    const { worktree, ports } = view(id) ?? {};
    await expect.poll(() => text(first.terminal), patience).toContain(`at ${worktree} port ${ports?.base} token none`);
    expect(await ask(host, 'session.stopRun', { id })).toEqual({ ok: true, value: { survivors: [] } });
    await expect.poll(() => shown(id), patience).toEqual(['agent alive', 'run exited']);
    await runs('exit 7');
    const again = await opened(id, 'session.run');
    expect(again.terminal).not.toBe(first.terminal);
    await expect.poll(() => view(id)?.terminals[1]?.exit?.code, patience).toBe(7);
    expect(shown(id)).toEqual(['agent alive', 'run exited']);
    await ask(host, 'session.kill', { id });
    await ask(host, 'session.remove', { id });
  }, 60_000);

  it('shells are opened and closed, and the end of one is not that of the session', async () => {
    const id = await spawn();
    const [one, two] = [await opened(id, 'session.openShell'), await opened(id, 'session.openShell')];
    await expect.poll(() => shown(id), patience).toEqual(['agent alive', 'shell 1 alive', 'shell 2 alive']);
    await host.sessions.runtime.input(one.terminal, Buffer.from('echo "in ${PWD##*/}"; exit\r'));
    await expect.poll(() => text(one.terminal), patience).toContain(`in ${id}`);
    await expect.poll(() => shown(id), patience).toEqual(['agent alive', 'shell 1 exited', 'shell 2 alive']);
    expect(['working', 'idle']).toContain(view(id)?.state);
    const close = (terminal: string) => ask(host, 'session.closeTerminal', { id, terminal });
    expect(await close(view(id)?.terminal ?? '')).toMatchObject({ ok: false, problem: { code: 'terminal-unknown' } });
    expect([await close(one.terminal), await close(two.terminal)]).toEqual([
      { ok: true, value: { survivors: [] } },
      { ok: true, value: { survivors: [] } },
    ]);
    await expect.poll(() => shown(id), patience).toEqual(['agent alive']);
    await ask(host, 'session.kill', { id });
    await ask(host, 'session.remove', { id });
  }, 60_000);

  it('all of them end with the session, when it is stopped and when it is removed', async () => {
    await runs('sleep 600');
    const stopped = await spawn();
    await opened(stopped, 'session.run');
    await opened(stopped, 'session.openShell');
    await ask(host, 'session.kill', { id: stopped });
    await expect.poll(() => shown(stopped), patience).toEqual(['agent exited', 'run exited', 'shell 1 exited']);
    const ended = await spawn('true');
    await expect.poll(() => view(ended)?.exit?.code, patience).toBe(0);
    await opened(ended, 'session.run');
    for (const id of [stopped, ended]) expect(await ask(host, 'session.remove', { id })).toMatchObject({ ok: true });
    const listed = await host.sessions.runtime.list();
    expect(listed.ok && listed.value.filter(({ exit }) => exit === null)).toEqual([]);
    expect(await ask(host, 'system.fsck', { repair: false })).toEqual({ ok: true, value: { findings: [] } });
  }, 60_000);

  it('none is started in what is not provably the worktree, and what an earlier run printed stays to be read', async () => {
    await runs('echo printed; exit 3');
    const id = await spawn();
    const { terminal } = await opened(id, 'session.run');
    await expect.poll(() => view(id)?.terminals[1]?.exit?.code, patience).toBe(3);
    const link = join(view(id)?.worktree ?? '', '.git');
    renameSync(link, `${link}-aside`);
    for (const call of ['session.run', 'session.openShell'] as const) {
      expect(await ask(host, call, { id })).toMatchObject({
        ok: false,
        problem: {
          code: 'workspace-missing',
          what: `What is at ${view(id)?.worktree} is not provably the worktree of ${id}: nothing is started in it.`,
        },
      });
    }
    expect([shown(id), await text(terminal)]).toEqual([
      ['agent alive', 'run exited'],
      expect.stringContaining('printed'),
    ]);
    renameSync(`${link}-aside`, link);
    expect((await opened(id, 'session.run')).terminal).not.toBe(terminal);
    await ask(host, 'session.kill', { id });
    await ask(host, 'session.remove', { id });
  }, 60_000);

  it('one whose starter died in the middle gives its place to another, a minute later', async () => {
    await runs('sleep 600');
    const id = await spawn();
    const row = { id: '01a20e88-792b-75c3-807a-eb0cec7acc90', session: id, role: 'shell', label: 'run' } as const;
    const starts = (created: number) =>
      host.sessions.store.write('test', (tx) => {
        tx.run('DELETE FROM terminals WHERE id = ?', row.id);
        insertTerminal(tx, { ...row, runtime: 'pty', state: 'starting', size: { cols: 80, rows: 24 } });
        tx.run('UPDATE terminals SET created = ? WHERE id = ?', created, row.id);
      });
    await starts(Date.now());
    expect(await opened(id, 'session.run')).toEqual({ terminal: row.id, already: true });
    await starts(Date.now() - 61_000);
    await opened(id, 'session.run');
    await expect.poll(() => shown(id), patience).toEqual(['agent alive', 'run alive']);
    await ask(host, 'session.kill', { id });
    await ask(host, 'session.remove', { id });
  }, 60_000);
});
