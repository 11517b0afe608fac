import { expect, it } from 'vitest';
import { desktopObstacle, type EarlyEnd, whyItEnded } from './desktop-obstacle.ts';

it.each([
  ['linux', { DISPLAY: ':0' }, 1000, null],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
  ['linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: 'a b c d' }, 1000, null],
  ['linux', {}, 1000, 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'],
  ['linux', { DISPLAY: '' }, 1000, 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'],
  ['linux', { SSH_TTY: '/dev/pts/1' }, 1000, 'this is a login over ssh, without a display'],
  ['linux', { DISPLAY: ':0' }, 0, "root runs it, and Chromium's sandbox is not for root"],
  ['darwin', {}, 501, null],
  ['darwin', {}, 0, null],
  ['darwin', { SSH_CONNECTION: 'a b c d' }, 501, 'this is a login over ssh, without a screen'],
  ['win32', {}, undefined, null],
  ['win32', { SSH_CONNECTION: 'a b c d' }, undefined, 'this is a login over ssh, without a screen'],
] as const)('on %s with %j as user %s: %s', (platform, env, uid, why) => {
  expect(desktopObstacle({ platform, env, uid })).toBe(why);
});

const ended = (over: Partial<EarlyEnd>): string =>
  whyItEnded({ code: null, signal: null, printed: '', electron: '/x/dist/electron', ...over });

it.each([
  '[1:0101/120000.1:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly.',
  '[1:0101/120000.1:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are running on Ubuntu 23.10+ …',
  '[1:0101/120000.1:FATAL:credentials.cc(127)] Check failed: . : Permission denied (13)',
])('names the way out when the sandbox can not start: %s', (printed) => {
  const why = ended({ signal: 'SIGTRAP', printed });
  expect(why).toContain("sudo chown root '/x/dist/chrome-sandbox' && sudo chmod 4755 '/x/dist/chrome-sandbox'");
  expect(why).not.toContain('no-sandbox');
});

it('names a missing library, an unreachable display, and otherwise how it ended', () => {
  const library = 'electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file';
  expect([
    ended({ code: 127, printed: library }),
    ended({ code: 1, printed: '[1:0101/1.1:ERROR:ozone_platform_x11.cc(244)] Missing X server or $DISPLAY' }),
    ended({ code: 3 }),
    ended({ signal: 'SIGSEGV' }),
  ]).toEqual([
    'Electron needs libgtk-3.so.0, which this system lacks: install it',
    'the display can not be reached',
    'Electron ended with code 3 as it started',
    'SIGSEGV ended Electron as it started',
  ]);
});
