import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoginEnvironment } from './login-environment.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-login-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function fakeShell(body: string): string {
  const file = join(home, 'fake-shell');
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}
const ask = (shell: string, own: Record<string, string> = {}, timeoutMs = 10_000) =>
  createLoginEnvironment({ env: { HOME: home, USER: 'me', SHELL: shell, ...own }, now: Date.now, timeoutMs })(false);

describe('the environment of the login shell', () => {
  it('is what start-up files set, whatever they print, and nothing of ours', async () => {
    writeFileSync(
      join(home, '.profile'),
      'echo Welcome; echo oops >&2; export MULTI="a\nb=c" ATHENE_TOKEN=x npm_config_x=1 GIT_EDITOR=ed; PATH="/opt/mine:$PATH"\n',
    );
    const own = { NODE_OPTIONS: '--x', SECRET_OF_SCRIPT: 'y', ELECTRON_RUN_AS_NODE: '1', SSH_AUTH_SOCK: '/tmp/agent' };
    const { env, problem } = await ask('/bin/sh', own);
    expect(problem).toBe(null);
    expect(env).toMatchObject({
      HOME: home,
      USER: 'me',
      MULTI: 'a\nb=c',
      GIT_EDITOR: 'ed',
      SSH_AUTH_SOCK: '/tmp/agent',
    });
    expect(env['PATH']).toMatch(/^\/opt\/mine:/);
    expect(Object.keys(env).filter((name) => /ATHENE|npm_|NODE_OPTIONS|SECRET|ELECTRON|^TERM$|^_$/.test(name))).toEqual(
      [],
    );
  });

  it.each([
    ['hangs', 'sleep 60', 300],
    ['fails', 'exit 3', 10_000],
    ['prints garbage', 'head -c 200000 /dev/urandom', 10_000],
    ['prints the marks and nothing else', 'echo "$2" | sed "s#/usr/bin/env -0#true#" | sh', 10_000],
  ])('a shell that %s gives a plain environment and says so', async (_name, body, timeoutMs) => {
    const shell = fakeShell(body);
    const { env, problem } = await ask(shell, { PATH: '/usr/bin:relative:/bin' }, timeoutMs);
    expect(problem).toMatchObject({ code: 'login-shell-failed', kept: expect.stringContaining('plain') as unknown });
    expect(env).toMatchObject({ HOME: home, SHELL: shell });
    expect(env['PATH']?.split(':')).toEqual(expect.arrayContaining([join(home, '.local/bin'), '/usr/bin', '/bin']));
    expect(env['PATH']).not.toContain('relative');
  });

  it('is asked for once, also by many at the same time, and again when that is wished', async () => {
    const shell = fakeShell(`echo x > "${home}/asked-$$"; exec /bin/sh "$@"`);
    const login = createLoginEnvironment({ env: { HOME: home, SHELL: shell }, now: Date.now });
    await Promise.all([login(false), login(false), login(false)]);
    const asked = () => readdirSync(home).filter((name) => name.startsWith('asked-')).length;
    expect(asked()).toBe(1);
    await login(true);
    expect(asked()).toBe(2);
  });

  it('waits for no daemon that a start-up file leaves behind', async () => {
    const pidFile = join(home, 'pid');
    writeFileSync(join(home, '.profile'), `sleep 60 & echo $! > ${pidFile}\n`);
    const { problem } = await ask('/bin/sh');
    expect(problem).toBe(null);
    const { readFileSync } = await import('node:fs');
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
  });
});
