// Row E5: every permission that Chromium knows, asked and checked from our page and from others.
import { describe, expect, it } from 'vitest';
import { recordedSession, preventable } from '../fixtures/recorded-electron.ts';
import { denyPermissions } from '../permissions.ts';

const session = recordedSession();
denyPermissions(session, { devUrl: null });

const permissions = [
  ...[
    'ar',
    'automatic-fullscreen',
    'background-fetch',
    'background-sync',
    'captured-surface-control',
    'clipboard-read',
  ],
  ...['clipboard-sanitized-write', 'deprecated-sync-clipboard-read', 'display-capture', 'fileSystem', 'fullscreen'],
  ...[
    'geolocation',
    'geolocation-approximate',
    'hand-tracking',
    'hid',
    'idle-detection',
    'keyboardLock',
    'local-fonts',
  ],
  ...[
    'local-network',
    'local-network-access',
    'loopback-network',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'nfc',
  ],
  ...['notifications', 'openExternal', 'payment-handler', 'periodic-background-sync', 'persistent-storage'],
  ...['pointerLock', 'screen-wake-lock', 'sensors', 'serial', 'smart-card', 'speaker-selection', 'storage-access'],
  ...['system-wake-lock', 'top-level-storage-access', 'unknown', 'usb', 'vr', 'web-app-installation', 'web-printing'],
  ...['window-management', 'one-that-comes-later', '', '__proto__', 'CLIPBOARD-SANITIZED-WRITE'],
];
const own = ['athene://app', 'athene://app/', 'athene://app/#/session/api-7'];
const foreign = [
  ...['', 'null', 'about:blank', 'athene://', 'athene://app.evil', 'athene://app.evil/', 'athene://evil', 'athene:app'],
  ...[
    'athene://app@evil',
    'athene://app:80/',
    'athene://x@app/',
    'athene://APP/',
    'http://app/',
    'https://app',
    'file:///',
  ],
  ...[
    'blob:athene://app/1',
    'data:text/html,athene://app',
    'http://127.0.0.1:5173',
    'athene-app://app',
    'devtools://app',
  ],
];

type Answer = (permission: string, address: string) => unknown;
const ask: Answer = (permission, requestingUrl) => {
  const answers: unknown[] = [];
  session.handlers.request?.({} as never, permission as never, (granted) => answers.push(granted), {
    requestingUrl,
    isMainFrame: true,
  });
  return answers.length === 1 ? answers[0] : answers;
};
const check: Answer = (permission, origin) =>
  session.handlers.check?.(null, permission as never, origin, { isMainFrame: true, requestingUrl: own[1] ?? '' });

describe.each([
  ['asked', ask],
  ['checked', check],
] as const)('E5 of all permissions, %s', (_, answer) => {
  it('a page of ours may write text to the clipboard, and nothing else', () => {
    const granted = permissions.flatMap((name) =>
      own.filter((from) => answer(name, from) !== false).map((from) => [name, from]),
    );
    expect(granted).toEqual(own.map((from) => ['clipboard-sanitized-write', from]));
  });

  it('others may nothing at all', () => {
    const granted = permissions.flatMap((name) => foreign.filter((from) => answer(name, from) !== false));
    expect(granted).toEqual([]);
  });
});

describe('E5 devices, the screen, files and words', () => {
  it('no device is handed out', () => {
    expect(session.handlers.device?.({ deviceType: 'hid', origin: 'athene://app', device: {} as never })).toBe(false);
  });

  it('the screen is not captured', () => {
    const answers: unknown[] = [];
    session.handlers.display?.({ frame: null } as never, (streams) => answers.push(streams));
    expect(answers).toEqual([null]);
  });

  it('nothing is downloaded, and no word is sent away to be spelled', () => {
    const event = preventable({});
    session.emit('will-download', event);
    expect([event.prevented, session.spellChecks]).toEqual([true, [false]]);
  });
});
