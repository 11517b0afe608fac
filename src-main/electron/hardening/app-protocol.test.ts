// Rows E7 and E18: the real protocol handler over a real directory, links and secrets beside it included.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordedElectron, recordedSession } from '../fixtures/recorded-electron.ts';

vi.doMock('electron', () => recordedElectron().electron);
const { serveApp } = await import('../app-protocol.ts');

const session = recordedSession();
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'athene-app-'));
  const built = join(root, 'renderer');
  mkdirSync(join(built, 'assets'), { recursive: true });
  mkdirSync(join(root, 'renderer-secret'));
  writeFileSync(join(built, 'index.html'), 'the page');
  writeFileSync(join(built, 'assets', 'index-abcdefgh.js'), 'the script');
  writeFileSync(join(built, '.env'), 'secret');
  for (const place of ['secret.txt', 'renderer-secret/secret.txt']) writeFileSync(join(root, place), 'secret');
  symlinkSync(join(root, 'secret.txt'), join(built, 'link.txt'));
  symlinkSync(root, join(built, 'assets', 'up'));
  symlinkSync('/etc', join(built, 'etc'));
  serveApp({ session, directory: built, devUrl: null });
});
afterAll(() => rmSync(root, { recursive: true }));

/** As it came, without a parser in between that would put it right. */
async function get(url: string, method = 'GET'): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = session.served.get('athene');
  if (answer === undefined) throw new Error('Nothing answers');
  const response = await answer({ url, method } as Request);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'";

describe('E7 every answer carries the policy of the page', () => {
  it.each([
    ['athene://app/', 200],
    ['athene://app/assets/index-abcdefgh.js', 200],
    ['athene://app/gone.js', 404],
    ['athene://elsewhere/', 404],
  ])('%s', async (url, status) => {
    const { headers, ...answer } = await get(url);
    expect([answer.status, headers.get('content-security-policy'), headers.get('x-content-type-options')]).toEqual([
      status,
      policy,
      'nosniff',
    ]);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('and the page is not kept, while what is named by its content is', async () => {
    const kept = await Promise.all(
      ['athene://app/', 'athene://app/assets/index-abcdefgh.js'].map(async (url) => (await get(url)).headers),
    );
    expect(kept.map((headers) => [headers.get('content-type'), headers.get('cache-control')])).toEqual([
      ['text/html; charset=utf-8', 'no-store'],
      ['text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    ]);
  });
});

describe('E18 the scheme', () => {
  it('is the only one that is answered', () => {
    expect([...session.served.keys()]).toEqual(['athene']);
  });

  it('gives the page by GET, its head by HEAD, and nothing by any other method', async () => {
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', ''];
    const answers = await Promise.all(methods.map((method) => get('athene://app/', method)));
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, 'the page'],
      [200, ''],
      ...methods.slice(2).map(() => [405, '']),
    ]);
  });

  it.each([
    ...[
      'athene://',
      'athene:///',
      'athene://app.evil/',
      'athene://evil/',
      'athene://APP/',
      'athene://app./',
      'athene://app:80/',
    ],
    ...[
      'athene://user@app/',
      'athene://app@evil/',
      'athene://open',
      'athene://session/api-7',
      'http://app/',
      'file:///etc/passwd',
    ],
    ...['athene:app', 'athene:/app/', '', 'app', '/', 'athene://app%00/', 'athene://app\0/', 'athene://ap p/'],
  ])('has nothing at %j', async (url) => {
    expect(await get(url)).toMatchObject({ status: 404, text: '' });
  });

  it('lists no directory', async () => {
    const answers = await Promise.all(
      ['assets', 'assets/', 'assets//', '//', 'assets/.', '.'].map((path) => get(`athene://app/${path}`)),
    );
    // A dot at the end is taken away by the parser: that is the page itself.
    expect(answers.map(({ text }) => text)).toEqual(['', '', '', '', '', 'the page']);
  });
});

const ups = [
  '..',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '%252e%252e',
  '..%00',
  '..;',
  '....',
  '%c0%ae%c0%ae',
  '．．',
  '..%20',
  '%uff0e%uff0e',
];
const slashes = ['/', '%2f', '%2F', '%252f', '\\', '%5c', '%5C', '//', '/./', '%c0%af', '\u2215'];
const goals = ['secret.txt', 'renderer-secret/secret.txt', 'etc/passwd'];
const traversals = [
  ...ups.flatMap((up) => slashes.flatMap((slash) => goals.map((goal) => `${up}${slash}${goal}`))),
  ...ups.flatMap((up) => slashes.map((slash) => `assets${slash}${up}${slash}${up}${slash}secret.txt`)),
  ...[
    '.env',
    '%2eenv',
    'link.txt',
    'assets/up/secret.txt',
    'assets/up',
    'etc/passwd',
    'etc/hostname',
    'assets/up/renderer/.env',
  ],
  ...[
    'secret.txt%00.js',
    'index.html%00',
    'index.html/',
    'index.html/..',
    'index.html::$DATA',
    'C:/secret.txt',
    'c%3a/secret.txt',
  ],
  ...[
    '//evil/secret.txt',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    'file:///etc/passwd',
    '\\\\host\\share',
    '%ff%fe',
    '%',
    '%zz',
    '~/secret.txt',
  ],
  ...[
    'con',
    'nul',
    'aux.txt',
    'index.html%20',
    'index.html.',
    'INDEX~1.HTM',
    `${'../'.repeat(200)}etc/passwd`,
    'a'.repeat(5000),
  ],
];

describe('E18 no path leads out of the built screen', () => {
  it(`none of ${traversals.length}`, async () => {
    expect(traversals.length).toBeGreaterThan(200);
    const told: string[] = [];
    for (const path of traversals) {
      const { status, text } = await get(`athene://app/${path}`);
      // `index.html/..` is the page, once parsed.
      if (status !== 404 && text !== 'the page') told.push(`${path}: ${status} ${text.slice(0, 20)}`);
    }
    expect(told).toEqual([]);
  });
});
