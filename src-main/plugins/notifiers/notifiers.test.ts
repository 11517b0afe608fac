// Each notifier against a real server or a real program.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { NotifierDefinition } from '#shared/domain/notifier.ts';
import { hookServer } from '../../lib/fixtures/hook-server.ts';
import { makeNotifier, whereOf } from './make-notifier.ts';
import type { Tidings, Told } from './notifier.ts';

const directory = mkdtempSync(join(tmpdir(), 'athene-notifiers-'));
afterAll(() => rmSync(directory, { recursive: true }));
const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

const secret = 'T00/B00/s3cr3tp4th';
const tidings: Tidings = {
  ...{ id: '0193-1', kind: 'waiting', priority: 'urgent', at: Date.UTC(2026, 0, 2, 3, 4, 5) },
  title: 'fix <!channel> @everyone asks you',
  body: 'api · "*bold*" & [x](https://evil.example)',
  sessions: [
    { id: 'api-1', name: 'fix', project: 'api', agent: 'codex', state: 'Asks you', because: 'It rang the bell.' },
  ],
};
const surroundings = {
  variables: { HOOK: `http://127.0.0.1:1/${secret}`, BARE: 'value' },
  env: { PATH: process.env['PATH'] ?? '', HOME: directory },
  cwd: directory,
};

async function server(answer?: (response: ServerResponse) => void) {
  const made = await hookServer(answer);
  closes.push(() => made.close());
  return made;
}

async function tell(definition: NotifierDefinition, signal = new AbortController().signal): Promise<Told | string> {
  const made = makeNotifier(definition, surroundings);
  if (!made.ok) return made.problem;
  if (made.value === null) throw new Error('nothing of ours');
  return made.value.tell(tidings, signal);
}

describe('a notice takes the shape of', () => {
  it('plain JSON for a webhook, with the headers that it wants', async () => {
    const { url, posts } = await server();
    const definition = { plugin: 'webhook', url: url().href, headers: { 'X-Key': 'k ${BARE}' } } as const;
    expect(await tell(definition)).toEqual({ kind: 'told' });
    expect([posts[0]?.body, posts[0]?.headers['x-key'], posts[0]?.headers['content-type']]).toEqual([
      {
        ...{ version: 1, id: '0193-1', kind: 'waiting', priority: 'urgent', at: '2026-01-02T03:04:05.000Z' },
        ...{ title: tidings.title, body: tidings.body },
        sessions: [{ ...tidings.sessions[0], link: 'athene://session/api-1' }],
      },
      'k value',
      'application/json',
    ]);
  });

  it('blocks for Slack, in which nothing is a mention', async () => {
    const { url, posts } = await server((response) => response.end('ok'));
    expect(await tell({ plugin: 'slack', url: url().href })).toEqual({ kind: 'told' });
    expect(posts[0]?.body).toEqual({
      text: 'fix &lt;!channel&gt; @everyone asks you: api · "*bold*" &amp; [x](https://evil.example)',
      unfurl_links: false,
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: `🔴 ${tidings.title}`, emoji: false } },
        { type: 'context', elements: [{ type: 'plain_text', text: tidings.body, emoji: false }] },
      ],
    });
  });

  it('an embed for Discord, in which nothing is markdown or a mention', async () => {
    const { url, posts } = await server();
    expect(await tell({ plugin: 'discord', url: url().href })).toEqual({ kind: 'told' });
    expect(posts[0]?.body).toEqual({
      username: 'Athene',
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: String.raw`fix \<!channel\> \@everyone asks you`,
          description: String.raw`api · "\*bold\*" & \[x\]\(https:\//evil.example\)`,
          color: 0xe5484d,
          timestamp: '2026-01-02T03:04:05.000Z',
        },
      ],
    });
  });

  it('JSON on standard input for a command, with its arguments as they are', async () => {
    const file = join(directory, 'told');
    const argv = [
      process.execPath,
      '-e',
      `fs.writeFileSync(process.argv[1], fs.readFileSync(0))`,
      file,
      '$(id)',
      '; rm',
    ];
    expect(await tell({ plugin: 'command', command: argv })).toEqual({ kind: 'told' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ id: '0193-1', sessions: [{ id: 'api-1' }] });
  });
});

describe('a server that', () => {
  const failed = (again: boolean, why: string, after: number | null = null) => ({ kind: 'failed', again, after, why });

  it.each<readonly [string, number, Readonly<Record<string, string>>, boolean, number | null]>([
    ['fails is tried again', 500, {}, true, null],
    ['has enough is tried again when it says', 429, { 'retry-after': '7' }, true, 7000],
    ['has enough for a year is tried again sooner', 503, { 'retry-after': '31536000' }, true, 300_000],
    ['names a date is tried again as usual', 429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, true, null],
    ['knows no such hook is not', 404, {}, false, null],
    ['refuses is not', 403, {}, false, null],
  ])('%s', async (_name, status, headers, again, after) => {
    const { url, port } = await server((response) => response.writeHead(status, headers).end('no'));
    expect(await tell({ plugin: 'slack', url: url().href })).toEqual(
      failed(again, `127.0.0.1:${port} answered ${status}: no`, after),
    );
  });

  it('repeats what it was sent does not make it known', async () => {
    const { url } = await server((response) =>
      response.writeHead(400).end(`bad hook /${secret} with s3cr3tp4th and key-0123456789`),
    );
    const headers = { authorization: 'key-0123456789' };
    const told = await tell({ plugin: 'webhook', url: url(`/${secret}`).href, headers });
    expect(JSON.stringify(told)).not.toMatch(/s3cr3t|0123456789/);
  });

  it('leads elsewhere is not followed', async () => {
    const other = await server();
    const { url } = await server((response) =>
      response.writeHead(307, { location: other.url(`/${secret}`).href }).end(),
    );
    expect(await tell({ plugin: 'discord', url: url().href })).toMatchObject({ kind: 'failed', again: false });
    expect(other.posts).toEqual([]);
  });

  it('is not there is tried again, and its address is not told', async () => {
    expect(await tell({ plugin: 'webhook', url: '${HOOK}' })).toEqual(
      failed(true, '127.0.0.1:1 could not be reached (ECONNREFUSED).'),
    );
  });
});

describe.skipIf(process.platform === 'win32')('a command that', () => {
  const command = (script: string, timeoutSeconds = 30): NotifierDefinition => ({
    ...{ plugin: 'command', timeoutSeconds },
    command: ['sh', '-c', script],
  });

  it('fails is tried again, and its last line says why', async () => {
    expect(await tell(command('echo first >&2; echo "no network" >&2; exit 3'))).toMatchObject({
      ...{ kind: 'failed', again: true, why: 'sh ended with exit 3: no network' },
    });
  });

  it('hangs is ended, with what it started', async () => {
    expect(await tell(command('sleep 600 & wait', 1))).toMatchObject({
      kind: 'failed',
      why: 'sh was ended after 1 seconds.',
    });
  });

  it('floods is ended, and not tried again', async () => {
    expect(await tell(command('yes'))).toMatchObject({
      ...{ kind: 'failed', again: false, why: 'sh printed more than 64 KB and was ended.' },
    });
  });

  it('does not read is no trouble', async () => {
    expect(await tell(command('exec 0<&-; exit 0'))).toEqual({ kind: 'told' });
  });

  it('is not there is not tried again', async () => {
    expect(await tell({ plugin: 'command', command: ['no-such-program-here'] })).toMatchObject({
      ...{ kind: 'failed', again: false, why: 'no-such-program-here was not found as a program.' },
    });
  });
});

describe('an entry that can not be used says which field', () => {
  it.each<readonly [string, NotifierDefinition, string]>([
    ['no address', { plugin: 'slack', url: 'hooks' }, 'url: it is no address'],
    ['a file', { plugin: 'slack', url: 'file:///etc/passwd' }, 'url: it must begin with https:// or http://'],
    [
      'credentials',
      { plugin: 'webhook', url: 'https://me:pw@x.example/' },
      'url: put its credentials into a header instead',
    ],
    ['a missing variable', { plugin: 'slack', url: 'https://x/${NOT_SET}' }, 'url: the environment has no NOT_SET'],
    [
      'one in a header',
      { plugin: 'webhook', url: 'https://x/', headers: { a: '${NOT_SET}' } },
      'headers.a: the environment has no NOT_SET',
    ],
  ])('%s', async (_name, definition, why) => {
    expect(await tell(definition)).toBe(why);
  });

  it('and where it tells is shown without secrets', () => {
    const shown: readonly NotifierDefinition[] = [
      { plugin: 'slack', url: `https://hooks.example/${secret}` },
      { plugin: 'slack', url: 'https://hooks.example/${PART}' },
      { plugin: 'command', command: ['/opt/bin/tell', '--token', secret] },
    ];
    expect(shown.map(whereOf)).toEqual(['hooks.example', '$PART', 'tell']);
  });
});
