import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect as connectTcp, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer, type Server, type ServerOptions } from './http-server.ts';

describe('athene serve', () => {
  let directory: string;
  let server: Server;
  let token: string;
  let cookie: string;
  let connected = 0;
  let time = 1_000_000;
  const errors: unknown[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'athene-http-'));
    layOutRenderer(directory);
    server = await start({ now: () => time });
    token = tokenOf(server);
    cookie = await admit();
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  async function start(more: Partial<ServerOptions> = {}): Promise<Server> {
    const created = await createServer({
      runDirectory: join(directory, 'run'),
      rendererDirectory: join(directory, 'renderer'),
      serveConnection: () => {
        connected += 1;
      },
      onError: (error) => errors.push(error),
      ...more,
    });
    if (!created.ok) throw new Error(created.problem.what);
    return created.value;
  }

  const host = (): string => `127.0.0.1:${server.port}`;
  const ticketPath = (): string => server.mintTicketUrl().slice(server.url.length - 1);

  async function admit(): Promise<string> {
    const { headers } = await knock(server.port, { target: ticketPath(), headers: [['Host', host()]] });
    return headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  const get = (target: string, ...headers: [string, string][]): Promise<Answer> =>
    knock(server.port, { target, headers: [['Host', host()], ...headers] });

  /** The one good knock, of which each row of the table changes something. */
  function upgrade(
    change: Partial<Knock> & { replace?: Readonly<Record<string, string | null>> } = {},
  ): Promise<Answer> {
    const headers: Record<string, string | null> = {
      Host: host(),
      Origin: `http://${host()}`,
      Cookie: cookie,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
      ...change.replace,
    };
    const kept = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
    return knock(server.port, { target: '/rpc', ...change, headers: [...kept, ...(change.headers ?? [])] });
  }

  test('the good knocks are let in, and only they reach the contract', async () => {
    const before = connected;
    const bearer = `Bearer ${token}`;
    const six = `[::1]:${server.port}`;
    const local = `localhost:${server.port}`;
    const statuses = await statusesOf([
      upgrade(),
      upgrade({ replace: { 'Sec-Fetch-Site': 'same-origin' } }),
      upgrade({ replace: { Host: local, Origin: `http://${local}` } }),
      upgrade({ replace: { Host: six, Origin: `http://${six}` } }),
      upgrade({ replace: { Cookie: null, Origin: null, Authorization: bearer } }),
      upgrade({ replace: { Cookie: null, Authorization: bearer } }),
      upgrade({ replace: { Cookie: `other=1; ${cookieName()}=wrong; ${cookie}` } }),
    ]);
    expect(statuses).toEqual([101, 101, 101, 101, 101, 101, 101]);
    expect(connected - before).toBe(7);
  });

  const cookieName = (): string => `athene-${server.port}`;
  const foreign = (origin: string) => (): Promise<Answer> => upgrade({ replace: { Origin: origin } });
  const named = (name: () => string) => (): Promise<Answer> =>
    upgrade({ replace: { Host: name(), Origin: `http://${name()}` } });

  const knocks: readonly [string, number, () => Promise<Answer>][] = [
    ['no cookie and no token', 401, () => upgrade({ replace: { Cookie: null } })],
    ['a wrong cookie', 401, () => upgrade({ replace: { Cookie: `${cookieName()}=${'A'.repeat(43)}` } })],
    ['an empty cookie', 401, () => upgrade({ replace: { Cookie: `${cookieName()}=` } })],
    ['the cookie under another name', 401, () => upgrade({ replace: { Cookie: `athene=${cookie.split('=')[1]}` } })],
    ['the token as a cookie', 401, () => upgrade({ replace: { Cookie: `${cookieName()}=${token}` } })],
    ['a wrong token', 401, () => upgrade({ replace: { Cookie: null, Authorization: `Bearer ${'A'.repeat(43)}` } })],
    ['a token cut short', 401, () => upgrade({ replace: { Cookie: null, Authorization: `Bearer ${token.slice(1)}` } })],
    [
      'the cookie as a token',
      401,
      () => upgrade({ replace: { Cookie: null, Authorization: `Bearer ${cookie.split('=')[1]}` } }),
    ],
    ['the token by another scheme', 401, () => upgrade({ replace: { Cookie: null, Authorization: `Basic ${token}` } })],
    ['the token in the query', 404, () => upgrade({ target: `/rpc?token=${token}`, replace: { Cookie: null } })],
    ['a query beside a good cookie', 404, () => upgrade({ target: '/rpc?x' })],
    ['a cookie without an origin', 403, () => upgrade({ replace: { Origin: null } })],
    ['a foreign origin', 403, foreign('http://evil.example')],
    ['the origin null', 403, foreign('null')],
    ['an origin of another port', 403, () => upgrade({ replace: { Origin: `http://127.0.0.1:${server.port + 1}` } })],
    ['an origin by https', 403, () => upgrade({ replace: { Origin: `https://${host()}` } })],
    [
      'an origin of which ours is the start',
      403,
      () => upgrade({ replace: { Origin: `http://${host()}.evil.example` } }),
    ],
    ['another name of ours as origin', 403, () => upgrade({ replace: { Origin: `http://localhost:${server.port}` } })],
    ['two origins', 403, () => upgrade({ headers: [['Origin', 'http://evil.example']] })],
    [
      'a foreign origin with the token',
      403,
      () => upgrade({ replace: { Origin: 'http://evil.example', Authorization: `Bearer ${token}` } }),
    ],
    ['a cross-site fetch', 403, () => upgrade({ replace: { 'Sec-Fetch-Site': 'cross-site' } })],
    ['a fetch from another local port', 403, () => upgrade({ replace: { 'Sec-Fetch-Site': 'same-site' } })],
    ['a host of another name', 421, named(() => `evil.example:${server.port}`)],
    ['a host that starts like ours', 421, named(() => `127.0.0.1.evil.example:${server.port}`)],
    ['a host that ends like ours', 421, named(() => `evil.localhost:${server.port}`)],
    ['the host 0.0.0.0', 421, named(() => `0.0.0.0:${server.port}`)],
    ['a decimal address', 421, named(() => `2130706433:${server.port}`)],
    ['an octal address', 421, named(() => `0177.0.0.1:${server.port}`)],
    ['a short address', 421, named(() => `127.1:${server.port}`)],
    ['a long IPv6 address', 421, named(() => `[0:0:0:0:0:0:0:1]:${server.port}`)],
    ['a mapped address', 421, named(() => `[::ffff:127.0.0.1]:${server.port}`)],
    ['a host with a dot at its end', 421, named(() => `localhost.:${server.port}`)],
    ['a host in capitals', 421, named(() => `LOCALHOST:${server.port}`)],
    ['a host without port', 421, named(() => '127.0.0.1')],
    ['a host with the wrong port', 421, named(() => `127.0.0.1:${server.port + 1}`)],
    ['a host with a user', 421, named(() => `evil@${host()}`)],
    ['two hosts', 421, () => upgrade({ headers: [['Host', 'evil.example']] })],
    ['two equal hosts', 421, () => upgrade({ headers: [['Host', host()]] })],
    ['no host', 421, () => upgrade({ version: '1.0', replace: { Host: null } })],
    ['another path', 404, () => upgrade({ target: '/' })],
    ['a path below', 404, () => upgrade({ target: '/rpc/x' })],
    ['an absolute target', 404, () => upgrade({ target: `http://${host()}/rpc` })],
    ['another protocol', 400, () => upgrade({ replace: { Upgrade: 'h2c' } })],
    ['another method', 405, () => upgrade({ method: 'POST' })],
    ['no upgrade', 426, () => upgrade({ replace: { Upgrade: null, Connection: null } })],
    ['no key', 400, () => upgrade({ replace: { 'Sec-WebSocket-Key': null } })],
    ['an old version', 400, () => upgrade({ replace: { 'Sec-WebSocket-Version': '7' } })],
  ];

  test.each(knocks)('a knock at /rpc with %s gets %i and nothing more', async (_, status, send) => {
    const before = connected;
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(connected).toBe(before);
    expect(answer.text).not.toContain(token);
  });

  test('a ticket works once, gives a strict cookie and leads to the screen', async () => {
    const target = ticketPath();
    const answer = await get(target, ['Sec-Fetch-Site', 'none']);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(answer.headers.get('set-cookie')).toMatch(
      new RegExp(`^athene-${server.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    const screen = await get('/', ['Cookie', answer.headers.get('set-cookie')?.split(';')[0] ?? '']);
    expect([screen.status, screen.body]).toEqual([200, '<title>screen</title>']);
    const again = await get(target);
    expect([again.status, again.headers.has('set-cookie')]).toEqual([401, false]);
    expect(again.body).toContain('Press Enter');
  });

  test('a ticket is too old after a minute', async () => {
    const [young, old] = [ticketPath(), ticketPath()];
    time += 59_999;
    expect((await get(young)).status).toBe(303);
    time += 1;
    expect((await get(old)).status).toBe(401);
  });

  test('neither other sites nor previews spend a ticket', async () => {
    const target = ticketPath();
    const statuses = await statusesOf([
      get(target, ['Sec-Fetch-Site', 'cross-site']),
      get(target, ['Sec-Fetch-Site', 'same-site']),
      get(target, ['Origin', 'http://evil.example']),
      knock(server.port, { target, headers: [['Host', `evil.example:${server.port}`]] }),
      knock(server.port, { target, method: 'HEAD', headers: [['Host', host()]] }),
      knock(server.port, { target, method: 'POST', headers: [['Host', host()]] }),
    ]);
    expect(statuses).toEqual([403, 403, 403, 421, 405, 405]);
    expect((await get(target)).status).toBe(303);
  });

  test('only the token has a ticket minted over http', async () => {
    const answer = await get('/ticket', ['Authorization', `Bearer ${token}`]);
    const { url } = JSON.parse(answer.body) as { url: string };
    expect((await get(url.slice(server.url.length - 1))).status).toBe(303);
    const statuses = await statusesOf([
      get('/ticket'),
      get('/ticket', ['Cookie', cookie]),
      get('/ticket', ['Authorization', 'Bearer x']),
      get(`/ticket?ticket=${token}`),
      get('/ticket?ticket='),
      get(`/ticket?token=${token}`),
    ]);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401]);
  });

  test('a browser that was idle for a day must come in anew; a request keeps it', async () => {
    const idle = await admit();
    const busy = await admit();
    time += 13 * 3_600_000;
    expect((await get('/', ['Cookie', busy])).status).toBe(200);
    time += 12 * 3_600_000;
    expect(await statusesOf([get('/', ['Cookie', busy]), get('/', ['Cookie', idle])])).toEqual([200, 401]);
    cookie = await admit();
  });

  test('without admission there is one plain page and no file', async () => {
    const answers = await Promise.all(['/', '/assets/index-Ab12_-9x.js', '/nothing'].map((target) => get(target)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(answers[0]?.body).toContain('athene serve');
    expect(answers[0]?.body).not.toContain('screen</title>');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])(
    '%s is not answered, and nothing allows CORS',
    async (method) => {
      const answer = await knock(server.port, {
        target: '/',
        method,
        headers: [
          ['Host', host()],
          ['Cookie', cookie],
        ],
      });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  test('files have their type and are kept as long as their name says', async () => {
    const head = async (target: string): Promise<unknown[]> => {
      const { status, headers } = await get(target, ['Cookie', cookie]);
      return [status, headers.get('content-type'), headers.get('cache-control'), headers.get('x-content-type-options')];
    };
    const immutable = 'private, max-age=31536000, immutable';
    expect(
      await Promise.all(
        ['/', '/index.html', '/assets/index-Ab12_-9x.js', '/assets/face-Ab12_-9x.woff2', '/icon.svg', '/odd'].map(head),
      ),
    ).toEqual([
      [200, 'text/html; charset=utf-8', 'no-store', 'nosniff'],
      [200, 'text/html; charset=utf-8', 'no-store', 'nosniff'],
      [200, 'text/javascript; charset=utf-8', immutable, 'nosniff'],
      [200, 'font/woff2', immutable, 'nosniff'],
      [200, 'image/svg+xml', 'no-cache', 'nosniff'],
      [200, 'application/octet-stream', 'no-cache', 'nosniff'],
    ]);
    const answer = await knock(server.port, {
      target: '/',
      method: 'HEAD',
      headers: [
        ['Host', host()],
        ['Cookie', cookie],
      ],
    });
    expect([answer.status, answer.headers.get('content-length'), answer.body]).toEqual([200, '21', '']);
  });

  test.each([
    '/../secret',
    '/assets/../../secret',
    '/%2e%2e/secret',
    '/%2E%2E%2Fsecret',
    '/..%2fsecret',
    '/%252e%252e/secret',
    '/..%5csecret',
    '/..\\secret',
    '/assets/..%c0%afsecret',
    '/%00',
    '/index.html%00.js',
    '/link',
    '/linked/secret',
    '/assets',
    '/assets/',
    '/assets/.',
    '//secret',
    '/.hidden',
    '/assets//index-Ab12_-9x.js',
    '/C:/secret',
    '/index.html::$DATA',
    '/%',
    '/%ff',
    'secret',
    '*',
    '/ticketx',
    '/pipe',
  ])('the path %s leads to no file', async (target) => {
    const answer = await get(target, ['Cookie', cookie]);
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('secret of the home');
  });

  test('every answer carries the headers that keep a browser apart', async () => {
    const answers = await Promise.all([
      get('/', ['Cookie', cookie]),
      get('/'),
      get('/nope', ['Cookie', cookie]),
      get(ticketPath()),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
          `connect-src 'self' ws://${host()}; object-src 'none'; base-uri 'none'; form-action 'none'; ` +
          "frame-ancestors 'none'; require-trusted-types-for 'script'",
      );
      expect([
        headers.get('referrer-policy'),
        headers.get('cross-origin-opener-policy'),
        headers.get('cross-origin-resource-policy'),
      ]).toEqual(['no-referrer', 'same-origin', 'same-origin']);
      expect(headers.get('permissions-policy')).toContain('camera=()');
    }
  });

  test('it listens on loopback only', async () => {
    expect(server.addresses).toEqual(expect.arrayContaining(['127.0.0.1']));
    expect(server.addresses.filter((address) => !['127.0.0.1', '::1'].includes(address))).toEqual([]);
    const outer = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, scopeid }) => !internal && !scopeid);
    const refused = await Promise.all(
      [...outer.map(({ address }) => address), '127.0.0.2'].map((address) => isRefused(address, server.port)),
    );
    expect(refused).not.toContain(false);
  });

  test('the token file is private, says whose it is, and goes with the server', async () => {
    expect(statSync(server.tokenFile).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'run')).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(server.tokenFile, 'utf8'))).toEqual({ url: server.url, token, pid: process.pid });
    const { port, tokenFile, close } = await start();
    const old = JSON.parse(readFileSync(tokenFile, 'utf8')) as { token: string };
    await close();
    expect(readdirSync(join(directory, 'run'))).toEqual([`server-${server.port}.json`]);
    const next = await start({ port });
    expect(tokenOf(next)).not.toBe(old.token);
    await next.close();
  });

  test('the token stands in no address, no argument and no environment', () => {
    expect(server.mintTicketUrl()).not.toContain(token);
    expect(server.url).not.toContain(token);
    expect(execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(process.pid)], { encoding: 'utf8' })).not.toContain(
      token,
    );
    expect(JSON.stringify(process.env)).not.toContain(token);
  });

  test('a port that somebody has, even on ::1 only, is a problem', async () => {
    const taken = await createServer({ ...bare(), port: server.port });
    expect(taken).toMatchObject({ ok: false, problem: { code: 'port-taken' } });
    if (!server.addresses.includes('::1')) return;
    const other = createTcpServer();
    await new Promise<void>((resolve) => other.listen({ host: '::1', port: 0 }, resolve));
    const { port } = other.address() as AddressInfo;
    expect(await createServer({ ...bare(), port })).toMatchObject({ ok: false, problem: { code: 'port-taken' } });
    await new Promise((resolve) => other.close(resolve));
  });

  const bare = (): ServerOptions => ({
    runDirectory: join(directory, 'run'),
    rendererDirectory: directory,
    serveConnection: () => undefined,
  });

  test('slow and silent peers are dropped', async () => {
    const impatient = await start({ limits: { headersWithin: 200 } });
    const silent = connectTcp(impatient.port, '127.0.0.1');
    const slow = connectTcp(impatient.port, '127.0.0.1');
    slow.write('GET / HTTP/1.1\r\nHost: ');
    const dripping = setInterval(() => slow.write('a'), 20);
    await Promise.all([ended(silent), ended(slow)]);
    clearInterval(dripping);
    await impatient.close();
  });

  test('no more than a number of peers is kept, and one that leaves makes room', async () => {
    const limited = await start({ limits: { headersWithin: 60_000, connections: 5 } });
    const peers = Array.from({ length: 1000 }, () => connectTcp(limited.port, '127.0.0.1'));
    let dropped = 0;
    for (const peer of peers) void ended(peer).then(() => (dropped += 1));
    await expect.poll(() => dropped).toBe(995);
    for (const peer of peers) peer.destroy();
    const headers: [string, string][] = [['Host', `127.0.0.1:${limited.port}`]];
    await expect.poll(async () => (await knock(limited.port, { target: '/', headers })).status).toBe(401);
    await limited.close();
  });

  test('garbage instead of HTTP harms nothing', async () => {
    for (const bytes of [
      '\x16\x03\x01\x02\x00',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /${'a'.repeat(40_000)} HTTP/1.1\r\n\r\n`,
      '\r\n\r\n\0\0',
    ]) {
      const socket = connectTcp(server.port, '127.0.0.1');
      socket.end(bytes);
      await ended(socket);
    }
    expect((await get('/', ['Cookie', cookie])).status).toBe(200);
  });

  test('an unbuilt screen says what to run', async () => {
    const unbuilt = await start({ rendererDirectory: join(directory, 'absent') });
    const answer = await knock(unbuilt.port, {
      target: '/',
      headers: [
        ['Host', `127.0.0.1:${unbuilt.port}`],
        ['Authorization', `Bearer ${tokenOf(unbuilt)}`],
      ],
    });
    expect([answer.status, answer.body.includes('npm start')]).toEqual([503, true]);
    await unbuilt.close();
  });

  test('nothing unexpected happened', () => expect(errors).toEqual([]));
});

interface Knock {
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly method?: string;
  readonly version?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** All that came. */
  readonly text: string;
}

/** By hand, for an HTTP client would not send most of this. Resolves with the first answer. */
function knock(port: number, { target, headers, method = 'GET', version = '1.1' }: Knock): Promise<Answer> {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const close = headers.some(([name]) => name === 'Connection') ? [] : ['Connection: close'];
  const socket = connectTcp(port, '127.0.0.1');
  socket.write(`${[`${method} ${target} HTTP/${version}`, ...lines, ...close].join('\r\n')}\r\n\r\n`);
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (text.startsWith('HTTP/1.1 101')) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(text)));
  });
}

function parseAnswer(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n'), text };
}

const statusesOf = async (answers: readonly Promise<Answer>[]): Promise<number[]> =>
  (await Promise.all(answers)).map(({ status }) => status);

const tokenOf = ({ tokenFile }: Server): string =>
  (JSON.parse(readFileSync(tokenFile, 'utf8')) as { token: string }).token;

/** However it ends: refused, reset or closed. */
function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    // A reset is one way to be dropped.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}

function isRefused(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port, timeout: 2000 });
    const settle = (refused: boolean) => (): void => {
      socket.destroy();
      resolve(refused);
    };
    socket.on('connect', settle(false)).on('error', settle(true)).on('timeout', settle(true));
  });
}

function layOutRenderer(directory: string): void {
  const renderer = join(directory, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'secret'), 'secret of the home');
  writeFileSync(join(renderer, '.hidden'), 'secret of the home');
  writeFileSync(join(renderer, 'index.html'), '<title>screen</title>');
  for (const name of ['assets/index-Ab12_-9x.js', 'assets/face-Ab12_-9x.woff2', 'icon.svg', 'odd']) {
    writeFileSync(join(renderer, name), 'content');
  }
  symlinkSync(join(directory, 'secret'), join(renderer, 'link'));
  symlinkSync(directory, join(renderer, 'linked'));
  execFileSync('mkfifo', [join(renderer, 'pipe')]);
}
