// Rows E1, E2, E3, E4, E6, E8-E12: what every window is made with, and what is loaded into it.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedElectron } from '../fixtures/recorded-electron.ts';

const { electron, windows, be } = recordedElectron();
vi.doMock('electron', () => electron);
const { createWindow } = await import('../create-window.ts');
const { loadApp } = await import('../app-protocol.ts');
const { packageRoot } = await import('../../lib/package-root.ts');

const { platform } = process;
const kinds = ['main', 'session'] as const;
const platforms = ['darwin', 'linux', 'win32'] as const;
const everyWindow = kinds.flatMap((kind) => platforms.map((system) => [kind, system] as const));

beforeEach(() => void (windows.length = 0));
afterEach(() => void Object.defineProperty(process, 'platform', { value: platform }));

function make(kind: (typeof kinds)[number], system: NodeJS.Platform, packaged = true) {
  Object.defineProperty(process, 'platform', { value: system });
  be.packaged = packaged;
  const bounds = { x: 1, y: 2, width: 900, height: 700 };
  const window = createWindow({ bounds, kind, alwaysOnTop: false, background: '#0e1116', show: false });
  const [made] = windows;
  if (made === undefined) throw new Error('No window was made');
  return { window, made };
}

describe('E2, E3, E4, E6, E8-E11 every window has the same guards', () => {
  it.each(everyWindow)('a %s window on %s', (kind, system) => {
    expect(make(kind, system).made.options.webPreferences).toEqual({
      preload: join(packageRoot(), 'dist', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
      disableDialogs: true,
      devTools: false,
    });
  });

  it.each(everyWindow)('a %s window on %s is given nothing else of note', (kind, system) => {
    const {
      webPreferences: _,
      bounds: __,
      icon,
      titleBarStyle,
      titleBarOverlay,
      trafficLightPosition,
      ...rest
    } = {
      bounds: null,
      ...make(kind, system).made.options,
    };
    const [minWidth, minHeight] = kind === 'main' ? [480, 320] : [360, 160];
    expect(rest).toEqual({
      ...{ x: 1, y: 2, width: 900, height: 700, minWidth, minHeight },
      ...{ title: 'Athene', alwaysOnTop: false, backgroundColor: '#0e1116', show: false },
    });
    expect([titleBarStyle, typeof titleBarOverlay, typeof trafficLightPosition, typeof icon]).toEqual(
      system === 'darwin'
        ? ['hiddenInset', 'undefined', 'object', 'undefined']
        : ['hidden', 'object', 'undefined', system === 'linux' ? 'string' : 'undefined'],
    );
  });

  it('developer tools exist in the checkout only', () => {
    expect(make('main', 'linux', false).made.options.webPreferences?.devTools).toBe(true);
  });
});

describe('E1 only the app’s own page is loaded', () => {
  const fragments: readonly (readonly [string, string])[] = [
    ['#/', '#/'],
    ['#/session/api-7', '#/session/api-7'],
    ['', ''],
    ['/../x', ''],
    ['.evil.example/', ''],
    ['@evil.example/', ''],
    [':8080/', ''],
    ['?x#/', ''],
    ['#/<script>', ''],
    ['#/a b', ''],
    ['#/\nx', ''],
    ['javascript:alert(1)', ''],
    [`#/${'a'.repeat(2000)}`, ''],
  ];

  it.each(fragments)('at the place %j', async (fragment, place) => {
    const { window, made } = make('main', 'linux');
    await loadApp(window, { devUrl: null, fragment });
    expect(made.loaded).toEqual([`athene://app/${place}`]);
  });

  it.each(fragments)('or from the development server, at the place %j', async (fragment, place) => {
    const { window, made } = make('main', 'linux', false);
    await loadApp(window, { devUrl: 'http://127.0.0.1:5173', fragment });
    expect(made.loaded).toEqual([`http://127.0.0.1:5173/${place}`]);
  });
});
