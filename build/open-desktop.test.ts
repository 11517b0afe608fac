import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desktopEnvironment, type DesktopOutcome, openDesktop } from './open-desktop.ts';

let world: string;
let said: string[];
beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'athene-desktop-'));
  said = [];
});
afterEach(() => rmSync(world, { recursive: true, force: true }));

/** Runs a shell script in the place of Electron; `onLine` sees what is said. */
async function open(script: string, { patience = 20_000, onLine = (): void => {} } = {}): Promise<DesktopOutcome> {
  const electron = join(world, 'electron');
  writeFileSync(electron, `#!/bin/sh\n${script}\n`);
  chmodSync(electron, 0o755);
  return await openDesktop({
    ...{
      electron,
      app: world,
      env: { ATHENE_HOME: join(world, 'home') },
      patience,
      log: join(world, 'cache/desktop.log'),
    },
    say: (line) => {
      said.push(line);
      onLine();
    },
  });
}

describe.skipIf(process.platform === 'win32')('with a shell script in the place of Electron', () => {
  it('is over when the app is quit', async () => {
    expect(await open('echo "Athene is open."; exit 0')).toEqual({ kind: 'ended', code: 0 });
    expect(said).toEqual(['Athene is open. Ctrl+C quits it; the agents go on.']);
  });

  it('is over when another start of it was there', async () => {
    expect(await open('echo "Athene was open already: its window is in front now."')).toEqual({
      kind: 'ended',
      code: 0,
    });
    expect(said).toEqual(['Athene was open already: its window is in front now.']);
  });

  it('tells a sandbox that can not start from other early ends, and keeps what was printed', async () => {
    const outcome = await open('echo "[1:0101/1.1:FATAL:x.cc(1)] No usable sandbox!" >&2; kill -TRAP $$');
    expect(outcome).toMatchObject({ kind: 'not-opened', why: expect.stringContaining('user namespaces') as unknown });
    expect(readFileSync(join(world, 'cache/desktop.log'), 'utf8')).toContain('No usable sandbox!');
    expect(said).toEqual([]);
  });

  it('an early end by code or by signal opened nothing', async () => {
    expect([await open('exit 9'), await open('kill -SEGV $$')]).toEqual([
      { kind: 'not-opened', why: 'Electron ended with code 9 as it started' },
      { kind: 'not-opened', why: 'SIGSEGV ended Electron as it started' },
    ]);
  });

  it('a program that is none opened nothing', async () => {
    const outcome = await openDesktop({
      ...{ electron: join(world, 'none'), app: world, env: {}, patience: 1000, log: join(world, 'log'), say: () => {} },
    });
    expect(outcome).toMatchObject({
      kind: 'not-opened',
      why: expect.stringContaining('could not be started') as unknown,
    });
  });

  it('a crash after the window showed is told, and is no reason for a browser', async () => {
    expect(await open('echo "Athene is open."; sleep 0.1; exit 7')).toEqual({ kind: 'ended', code: 7 });
    expect(said.at(-1)).toBe('The app ended unexpectedly (code 7). The agents go on; `npm start` shows them again.');
  });

  it('so is one after the time for opening has passed', async () => {
    expect(await open('sleep 0.5; exit 7', { patience: 50 })).toEqual({ kind: 'ended', code: 7 });
  });

  it('a signal to the starter quits the app politely', async () => {
    const script = `trap 'echo quit > ${join(world, 'polite')}; exit 0' TERM; echo "Athene is open."; while :; do sleep 0.05; done`;
    expect(await open(script, { onLine: () => process.emit('SIGTERM') })).toEqual({ kind: 'ended', code: 0 });
    expect(existsSync(join(world, 'polite'))).toBe(true);
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });

  it('the second signal ends an app that does not quit', async () => {
    const script = `trap 'echo asked' TERM; echo "Athene is open."; while :; do sleep 0.05; done`;
    expect(await open(script, { onLine: () => process.emit('SIGTERM') })).toEqual({ kind: 'ended', code: 0 });
  });

  it('starts it on the checkout, without switches, in a clean environment', async () => {
    const outcome = await open(`{ echo "$@"; env; } > ${join(world, 'seen')}; echo "Athene is open."`);
    expect(outcome.kind).toBe('ended');
    const [args, ...env] = readFileSync(join(world, 'seen'), 'utf8').trim().split('\n');
    expect(args).toBe(world);
    expect(env.filter((line) => /^(ELECTRON|ATHENE|NODE|npm)_/.test(line))).toEqual([
      `ATHENE_HOME=${join(world, 'home')}`,
    ]);
  });
});

it('keeps from Electron what would turn it into something else', () => {
  const before = { ...process.env };
  Object.assign(process.env, {
    ...{ ELECTRON_RUN_AS_NODE: '1', ELECTRON_ENABLE_LOGGING: '1', ELECTRON_OZONE_PLATFORM_HINT: 'wayland' },
    ...{ NODE_OPTIONS: '--inspect', npm_config_x: '1', ATHENE_TOKEN: 'secret', DISPLAY: ':7' },
  });
  const env = desktopEnvironment({ ATHENE_HOME: '/home' });
  process.env = before;
  const kept = Object.keys(env).filter((name) => /^(ELECTRON|ATHENE|NODE|npm)_|^DISPLAY$/.test(name));
  expect(kept.sort()).toEqual(['ATHENE_HOME', 'DISPLAY', 'ELECTRON_OZONE_PLATFORM_HINT']);
});
