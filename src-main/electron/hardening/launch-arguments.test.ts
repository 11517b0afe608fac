// Row E21: what the packaged app is not started with.
import { describe, expect, it } from 'vitest';
import { refusalLine, refusedArguments } from '../launch-arguments.ts';

const names = (...args: string[]): readonly string[] => refusedArguments(['athene', ...args], { packaged: true });

describe('E21 the packaged app refuses', () => {
  it.each([
    ['--remote-debugging-port=9222', '--remote-debugging-port'],
    ['--remote-debugging-pipe', '--remote-debugging-pipe'],
    ['--remote-debugging-address=0.0.0.0', '--remote-debugging-address'],
    ['--remote-allow-origins=*', '--remote-allow-origins'],
    ['--inspect', '--inspect'],
    ['--inspect=0.0.0.0:9229', '--inspect'],
    ['--inspect-brk=0', '--inspect-brk'],
    ['--inspect_brk', '--inspect-brk'],
    ['--inspect-publish-uid=http', '--inspect-publish-uid'],
    ['--debug-port=1', '--debug-port'],
    ['--js-flags=--allow-natives-syntax', '--js-flags'],
    ['--no-sandbox', '--no-sandbox'],
    ['-no-sandbox', '--no-sandbox'],
    ['/no-sandbox', '--no-sandbox'],
    ['--NO-SANDBOX', '--no-sandbox'],
    ['--disable-web-security', '--disable-web-security'],
    ['--disable-site-isolation-trials', '--disable-site-isolation-trials'],
    ['--load-extension=/tmp/x', '--load-extension'],
    ['--require=/tmp/x.js', '--require'],
    ['--renderer-cmd-prefix=xterm', '--renderer-cmd-prefix'],
    ['--utility-cmd-prefix=xterm', '--utility-cmd-prefix'],
    ['--gpu-launcher=/tmp/x', '--gpu-launcher'],
    ['--user-data-dir=/tmp/x', '--user-data-dir'],
    ['--disable-features=IsolateOrigins', '--disable-features'],
    ['--use-fake-ui-for-media-stream', '--use-fake-ui-for-media-stream'],
  ])('%s', (argument, name) => {
    expect(names('athene://open', argument, argument)).toEqual([name]);
  });

  it('nothing that a person or a system gives it in earnest', () => {
    expect(
      names(
        ...[
          'athene://session/api-7',
          '/home/ada/no-sandbox/x',
          'no-sandbox',
          'inspect',
          '',
          '-',
          '--',
          '--inspector-of-nothing',
        ],
        ...[
          '--ozone-platform-hint=auto',
          '--ozone-platform=wayland',
          '--enable-features=WaylandWindowDecorations',
          '--lang=de',
        ],
        ...['--force-device-scale-factor=1.5', '--disable-gpu', '--password-store=basic', '-psn_0_12345', '--updated'],
      ),
    ).toEqual([]);
  });

  it('and does not read its own name, nor anything in the checkout', () => {
    expect(refusedArguments(['--inspect'], { packaged: true })).toEqual([]);
    expect(refusedArguments(['electron', '--inspect', '.'], { packaged: false })).toEqual([]);
  });

  it('and says so in one line, with the way out where a system takes the sandbox away', () => {
    expect(refusalLine(['--inspect', '--js-flags'])).toBe('Athene does not take --inspect, --js-flags.');
    expect(refusalLine(['--no-sandbox'])).toMatch(/^Athene does not take --no-sandbox\. .*user namespaces[^\n]*$/);
  });
});
