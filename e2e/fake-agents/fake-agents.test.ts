import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as pty from 'node-pty';
import { afterEach, expect, it } from 'vitest';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

it('prints numbered lines and exits when told', async () => {
  const agent = run('prints', '--total', '3', '--rate', '1000000', '--width', '20', '--end', 'exit');
  expect(await agent.exit).toEqual({ exitCode: 0, signal: 0 });
  expect(agent.text()).toBe('canary 00000001 ...\r\ncanary 00000002 ...\r\ncanary 00000003 ...\r\n');
});

it('asks, and reports what it got', async () => {
  const agent = run('asks', '--answers', '2');
  await agent.shows('3. No');
  agent.type('2\r');
  await agent.shows('got 32 then enter');
  agent.type('é\r');
  await agent.shows('got c3a9 then enter');
  expect((await agent.exit).exitCode).toBe(0);
});

it('echoes text and hex', async () => {
  const agent = run('echoes');
  await agent.shows('ready');
  agent.type('a\x1b[A');
  await agent.shows('[a·[A] 611b5b41');
  agent.type('\x04');
  expect((await agent.exit).exitCode).toBe(0);
});

it('hangs after one line', async () => {
  const agent = run('hangs');
  await agent.shows('working on it …');
  expect(agent.text()).toBe('working on it …\r\n');
});

it.each(['lines', 'long', 'control', 'utf8'])('floods with %s', async (kind) => {
  const agent = run('floods', '--kind', kind, '--megabytes', '0.5');
  expect((await agent.exit).exitCode).toBe(0);
  expect(agent.text().trimEnd().endsWith('flooded')).toBe(true);
  expect(agent.text().length).toBeGreaterThan(100_000);
});

it('exits with a code or a signal, its last words printed', async () => {
  const byCode = run('exits', '--code', '7', '--kilobytes', '1');
  expect((await byCode.exit).exitCode).toBe(7);
  expect(byCode.text()).toContain('last 0000016');
  expect((await run('exits', '--signal', 'SIGKILL').exit).signal).toBe(9);
});

it.skipIf(process.platform === 'win32')('ignores TERM and leaves a child that does likewise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'athene-fake-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'pids');
  const agent = run('ignores-term', '--pids', file);
  await agent.shows('ignoring HUP');
  const [parent, child] = (await fileOf(file)).trim().split('\n').map(Number) as [number, number];
  ends.unshift(() => process.kill(child, 'SIGKILL'));
  process.kill(parent, 'SIGTERM');
  process.kill(child, 'SIGHUP');
  expect(process.kill(parent, 0) && process.kill(child, 0)).toBe(true);
  const session = (pid: number): string =>
    execFileSync('ps', ['-o', 'sid=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  expect(session(child)).not.toBe(session(parent));
});

it('draws a full screen, follows its size and restores', async () => {
  const agent = run('alternate-screen', '--every', '20');
  await agent.shows('size 80x24');
  agent.resize(50, 10);
  await agent.shows('size 50x10');
  agent.type('q');
  expect((await agent.exit).exitCode).toBe(0);
  expect(agent.text().endsWith('\x1b[?1049l')).toBe(true);
});

it('spins as Ink does', async () => {
  const agent = run('spinner', '--rate', '50', '--seconds', '0.2');
  expect((await agent.exit).exitCode).toBe(0);
  expect(agent.text()).toContain('\x1b[1A\x1b[2K');
});

it('sets titles, rings and tries its luck with the clipboard', async () => {
  const agent = run('title-and-bell', '--title', 'x');
  await agent.shows('rang');
  expect(agent.text()).toContain('\x1b]0;x\x07');
});

it('asks the terminal and reports replies', async () => {
  const agent = run('queries', '--wait', '50');
  await agent.shows('\x1b[c');
  agent.type('\x1b[?1;2c');
  await agent.shows('asked');
  expect(agent.text()).toContain('none');
  expect((await agent.exit).exitCode).toBe(0);
});

function run(name: string, ...args: string[]) {
  const program = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const terminal = pty.spawn(process.execPath, [program, ...args], { cols: 80, rows: 24, env: process.env });
  let text = '';
  let ended = false;
  const changed = new Set<() => void>();
  terminal.onData((chunk) => {
    text += chunk;
    for (const look of changed) look();
  });
  const exit = new Promise<{ exitCode: number; signal?: number }>((resolve) => {
    terminal.onExit((how) => {
      ended = true;
      resolve(how);
    });
  });
  ends.push(() => {
    if (!ended) terminal.kill('SIGKILL');
  });
  return {
    exit,
    text: () => text,
    type: (keys: string) => terminal.write(keys),
    resize: (cols: number, rows: number) => terminal.resize(cols, rows),
    shows: async (wanted: string) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (text.includes(wanted)) resolve();
      };
      changed.add(look);
      look();
      await promise;
      changed.delete(look);
    },
  };
}

/** The child writes it when it has set itself up. */
async function fileOf(path: string): Promise<string> {
  return await expect
    .poll(() => read(path))
    .not.toBe('')
    .then(() => read(path));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Not written yet.
  }
}
