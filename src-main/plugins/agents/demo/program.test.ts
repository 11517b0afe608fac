import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as pty from 'node-pty';
import { afterEach, beforeEach, expect, it } from 'vitest';

const program = fileURLToPath(new URL('program.ts', import.meta.url));
let repository: string;
let running: pty.IPty | null = null;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'athene-demo-'));
  git('init', '-q', '-b', 'main');
  writeFileSync(join(repository, 'README.md'), '# A repository\n');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.invalid', 'commit', '-q', '-m', 'first');
});

afterEach(() => {
  running?.kill('SIGKILL');
  running = null;
  rmSync(repository, { recursive: true, force: true });
});

it('reads, edits, asks, commits and goes on until exit', async () => {
  const demo = start(['--prompt', 'Add a greeting']);
  await demo.shows('Do you want to commit athene-demo.md?');
  demo.type('1\r');
  await demo.shows('What next?');
  demo.type('and now?\r');
  await demo.shows('You said: and now?');
  demo.type('exit\r');
  expect(await demo.exit).toEqual({ exitCode: 0, signal: 0 });
  expect(git('log', '--format=%an %s')).toBe('Athene demo agent docs: note "Add a greeting"\nt first\n');
  expect(git('status', '--porcelain')).toBe('');
});

it('takes arrows, and typed text instead of a choice', async () => {
  const demo = start(['--prompt', 'one']);
  await demo.shows('❯ 1. Yes, commit it');
  demo.type('another line\r');
  await demo.shows("I'll note that as well");
  await demo.shows('❯ 1. Yes, commit it', 2);
  demo.type('\x1b[B\x1b[B');
  await demo.shows('❯ 3. No, leave it uncommitted');
  demo.type('\r');
  await demo.shows('stays as it is, uncommitted');
  expect(git('status', '--porcelain')).toBe('?? athene-demo.md\n');
  expect(readFileSync(join(repository, 'athene-demo.md'), 'utf8')).toContain('- one\n- another line\n');
});

it('is interrupted by Ctrl+C once and left by Ctrl+C twice', async () => {
  const demo = start(['--prompt', 'one']);
  await demo.shows('❯ 1. Yes, commit it');
  demo.type('\x03');
  await demo.shows('Interrupted');
  await demo.shows('What next?');
  demo.type('\x03');
  await demo.shows('Press Ctrl+C again to exit');
  demo.type('\x03');
  expect((await demo.exit).exitCode).toBe(130);
});

it('takes a paste as text, whatever is in it, and lives in a tiny terminal without colour', async () => {
  const demo = start([], { cols: 6, rows: 2, env: { NO_COLOR: '1' } });
  await demo.shows('❯');
  demo.type('\x1b[200~two\rlines\x1b[201~');
  demo.type('\r');
  await demo.shows('❯ two lines');
  running?.resize(40, 10);
  await demo.shows('❯ 1. Yes');
  expect(demo.output()).not.toContain('\x1b[36m');
});

function start(
  args: string[],
  { cols = 100, rows = 30, env = {} }: { cols?: number; rows?: number; env?: object } = {},
) {
  const terminal = pty.spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, '--fast', ...args], {
    cwd: repository,
    cols,
    rows,
    env: { PATH: process.env['PATH'], HOME: repository, TERM: 'xterm-256color', ...env },
  });
  running = terminal;
  let text = '';
  const changed = new Set<() => void>();
  terminal.onData((chunk) => {
    text += chunk;
    for (const look of changed) look();
  });
  const exit = new Promise<{ exitCode: number; signal?: number }>((resolve) => terminal.onExit(resolve));
  return {
    exit,
    output: () => text,
    type: (keys: string) => terminal.write(keys),
    shows: async (wanted: string, times = 1) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (text.split(wanted).length > times) resolve();
      };
      changed.add(look);
      look();
      await promise;
      changed.delete(look);
    },
  };
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
}
