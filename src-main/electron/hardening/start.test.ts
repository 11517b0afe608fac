// Rows E4, E6, E21, E22: the real main program, up to where a second start ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedElectron } from '../fixtures/recorded-electron.ts';

let home: string;
const { argv } = process;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-start-'));
  vi.stubEnv('ATHENE_HOME', home);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  process.argv = argv;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules();
  rmSync(home, { recursive: true });
});

async function start({ firstInstance = false, packaged = true, args = [] as readonly string[] } = {}) {
  const recorded = recordedElectron();
  Object.assign(recorded.be, { firstInstance, packaged });
  process.argv = ['athene', ...args];
  vi.doMock('electron', () => recorded.electron);
  await import('../main.ts');
  return recorded;
}

const privileges = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  bypassCSP: false,
  corsEnabled: false,
  allowServiceWorkers: false,
};

describe('E4 the sandbox is on for all, before anything else', () => {
  it('and the scheme of the page has its rights before the app is ready', async () => {
    const { calls, app } = await start({ firstInstance: true });
    expect(calls.slice(1, 4)).toEqual([
      'app.enableSandbox',
      `protocol.registerSchemesAsPrivileged ${JSON.stringify([{ scheme: 'athene', privileges }])}`,
      'app.on web-contents-created',
    ]);
    expect(calls.indexOf('app.whenReady')).toBeGreaterThan(3);
    expect(calls.filter((call) => call === 'app.whenReady')).toHaveLength(1);
    expect(app.listenerCount('login')).toBe(0);
  });

  it('and nobody is believed by a certificate, nor given one', async () => {
    const { app } = await start();
    const answers: unknown[] = [];
    const event = { preventDefault: () => answers.push('prevented') };
    app.emit('certificate-error', event, {}, 'https://a.example', 'bad', {}, (trusted: unknown) =>
      answers.push(trusted),
    );
    app.emit('select-client-certificate', event, {}, 'https://a.example', [{}], (...given: unknown[]) =>
      answers.push(given),
    );
    expect(answers).toEqual(['prevented', false, 'prevented', []]);
  });
});

describe('E6 no switch of the command line is set', () => {
  it('for the app never touches it: what is not recorded throws', async () => {
    const { calls } = await start({ firstInstance: true });
    expect(calls.filter((call) => call.includes('commandLine'))).toEqual([]);
  });
});

describe('E21 the packaged app does not start with a debugger', () => {
  it.each(['--remote-debugging-port=9222', '--remote-debugging-pipe', '--inspect', '--no-sandbox', '--js-flags=--x'])(
    'but ends at %s before it does anything',
    async (argument) => {
      const { calls } = await start({ args: [argument], firstInstance: true });
      expect(calls[0]).toBe('app.exit 1');
      expect(calls).toHaveLength(1);
    },
  );

  it('which a developer may use in the checkout', async () => {
    const { calls } = await start({ args: ['--inspect=0'], packaged: false });
    expect(calls).toContain('app.enableSandbox');
  });
});

describe('E22 there is one app per home', () => {
  it('a second start ends, before it opens anything', async () => {
    const { calls } = await start({ firstInstance: false });
    expect(calls.slice(-3)).toEqual(['app.setPath sessionData', 'app.requestSingleInstanceLock', 'app.exit 0']);
    expect(calls).not.toContain('app.whenReady');
  });
});
