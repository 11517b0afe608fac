// Plants every kind of fault in a real home and lets `athene fsck` find and mend it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Finding } from '#shared/domain/care.ts';
import type { Host } from '#main/host/host.ts';
import { deleteClaimsOf, insertClaim, listClaims } from '#main/storage/claims.ts';
import { setMark } from '#main/storage/marks.ts';
import { claimDelivery, enqueue } from '#main/storage/outbox.ts';
import { insertTerminal, listTerminals } from '#main/storage/terminals.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

// Most call the command several times, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });

let world: World;
let host: Host;
const children: ChildProcess[] = [];

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  host = await hostOf(world);
  for (const issue of ['1', '2']) {
    await world.athene('spawn', issue, '--project', 'demo', '--agent', 'custom', '--command', 'sleep 600');
  }
  await world.athene('session', 'kill', 'repo-2');
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await host.close();
  await world.close();
}, 60_000);

async function fsck(...words: string[]): Promise<{ readonly code: number; readonly findings: readonly Finding[] }> {
  const { code, stdout } = await world.athene('fsck', '--json', ...words);
  return { code, findings: (JSON.parse(stdout) as { findings: Finding[] }).findings };
}

const store = () => host.sessions.store;
const home = (...parts: string[]) => join(world.home, ...parts);
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: world.repository, env: world.env, encoding: 'utf8' });
/** No process has ever had this number. */
const deadOwner = () => ({ ...host.sessions.identity, pid: 2 ** 22 + 7, startTime: '1' });

/** Plants it, and says how to find it. */
const mendable: Readonly<Record<string, () => Promise<string>>> = {
  'files-unowned': async () => {
    mkdirSync(home('sessions', 'zz-9'));
    writeFileSync(home('sessions', 'zz-9', 'prompt.md'), 'precious');
    return 'zz-9';
  },
  'transcript-unowned': async () => {
    const id = randomUUID();
    mkdirSync(home('transcripts', id));
    return id;
  },
  'claim-of-ended': async () => {
    const claim = { project: 'demo', issue: '2', session: 'repo-2', owner: host.sessions.identity };
    await store().write('plant', (tx) => insertClaim(tx, claim));
    return '2';
  },
  'session-without-claim': async () => {
    await store().write('plant', (tx) => deleteClaimsOf(tx, 'repo-1'));
    return 'repo-1';
  },
  'terminal-without-session': async () => {
    const id = host.sessions.newId();
    const row = { id, session: 'zz-5', role: 'agent', runtime: 'pty', state: 'exited' } as const;
    await store().write('plant', (tx) => insertTerminal(tx, { ...row, size: { cols: 80, rows: 24 } }));
    return id;
  },
  'spool-unfinished': async () => {
    writeFileSync(home('spool', '.half.tmp'), '{');
    utimesSync(home('spool', '.half.tmp'), 1, 1);
    return '.half.tmp';
  },
  'spool-rejected': async () => {
    mkdirSync(home('spool', 'rejected'), { recursive: true });
    writeFileSync(home('spool', 'rejected', 'no-event.json'), '{');
    return 'no-event.json';
  },
  'run-file-left': async () => {
    const script = `tmux/${host.sessions.newId()}.sh`;
    mkdirSync(home('run', 'tmux'), { recursive: true });
    // Both of a moment ago, and of a terminal that is there: not judged.
    const known = `tmux/${store().read((tx) => listTerminals(tx))[0]?.id}.exit`;
    for (const name of [script, known, 'index-0123456789abcdef']) writeFileSync(home('run', name), '');
    for (const name of [script, known]) utimesSync(home('run', name), 1, 1);
    return script;
  },
  'worktree-stale': async () => {
    const path = home('worktrees', 'demo', 'zz-3');
    git('worktree', 'add', '-q', '--detach', path);
    rmSync(path, { recursive: true });
    return path;
  },
  'counter-behind': async () => {
    await store().write('plant', (tx) => tx.run("UPDATE counters SET last = 1 WHERE prefix = 'repo'"));
    return 'repo';
  },
  'row-unowned': async () => {
    await store().write('plant', (tx) => setMark(tx, { session: 'zz-8', mark: 'pin', value: true }));
    return 'marks zz-8';
  },
  'delivery-stuck': async () => {
    const id = host.sessions.newId();
    await store().write('plant', (tx) => {
      enqueue(tx, { id, session: 'repo-1', kind: 'message', body: 'hello' });
      claimDelivery(tx, { session: 'repo-1', owner: deadOwner() });
    });
    return id;
  },
};

describe.runIf(process.platform === 'linux')('fsck', () => {
  it('finds nothing in a world with a live and an ended session', async () => {
    expect(await fsck()).toEqual({ code: 0, findings: [] });
    expect((await world.athene('fsck')).stdout).toBe('All is well.\n');
  });

  it.each(Object.keys(mendable))('finds and mends: %s', async (kind) => {
    const subject = await mendable[kind]?.();
    expect(await fsck()).toMatchObject({ code: 1, findings: [{ kind, subject, state: 'found' }] });
    expect(await fsck('--repair')).toMatchObject({ code: 0, findings: [{ kind, subject, state: 'repaired' }] });
    expect(await fsck()).toEqual({ code: 0, findings: [] });
    expect(store().read(listClaims)).toMatchObject([{ issue: '1', session: 'repo-1' }]);
  });

  it('deletes nothing that nobody knows: it lies in lost+found', () => {
    const aside = readdirSync(home('lost+found'));
    expect(aside).toContain('session-zz-9');
    expect(existsSync(home('lost+found', 'session-zz-9', 'prompt.md'))).toBe(true);
  });

  it('takes back a spawn whose process was killed in the middle', async () => {
    const words = ['spawn', '3', '--project', 'demo', '--agent', 'custom', '--command', 'sleep 600'];
    const child = spawn(world.command, words, {
      env: { ...world.env, ATHENE_FAULT: 'kill:cat-file#1' },
      cwd: world.repository,
    });
    await new Promise((resolve) => child.on('close', resolve));
    const { findings } = await fsck();
    expect(findings).toMatchObject([{ kind: 'spawn-abandoned', session: 'repo-3', state: 'found' }]);
    expect(await fsck('--repair')).toMatchObject({ code: 0, findings: [{ state: 'repaired' }] });
    expect(await fsck()).toEqual({ code: 0, findings: [] });
  });

  it('leaves alone what only a person can judge, and a process that was started just now', async () => {
    const place = home('worktrees', 'demo', 'zz-4');
    mkdirSync(place);
    writeFileSync(join(place, 'work.txt'), 'work');
    const env = { ...world.env, ATHENE_TERMINAL: randomUUID(), ATHENE_SESSION: 'repo-66' };
    const stray = spawn('sleep', ['600'], { env });
    children.push(stray);
    await store().write('plant', (tx) => tx.run("UPDATE sessions SET record = '{' WHERE id = 'repo-2'"));
    const expected = [
      { kind: 'session-damaged', subject: 'repo-2', state: 'kept' },
      { kind: 'process-stray', subject: String(stray.pid), state: 'found' },
      { kind: 'worktree-unowned', subject: 'demo/zz-4', state: 'kept' },
    ];
    expect(await fsck('--repair')).toMatchObject({ code: 1, findings: expected });
    expect([existsSync(join(place, 'work.txt')), stray.exitCode, stray.signalCode]).toEqual([true, null, null]);
    expect((await world.athene('status')).stdout).toContain('repo-1');
  });
});
