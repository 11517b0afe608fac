// What a person does at a terminal: agrees or not, watches until Ctrl+C, opens the screen in a browser. Each command has a real terminal where it needs one.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { createServer, type Server } from '#main/server/http-server.ts';
import { hostOf, startAgent } from './fixtures/host-of.ts';
import { createWorld, run, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 30_000;

let world: World;
let host: Host;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  host = await hostOf(world);
}, 60_000);
afterAll(async () => {
  await host.close();
  await world.close();
}, 60_000);

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** All that it has written. */
  readonly screen: () => string;
}

/** With a terminal of its own; keys are what is written to it. */
const atTerminal = (words: string): Running =>
  begin('/usr/bin/script', ['-qefc', `'${world.command}' ${words}`, '/dev/null']);

function begin(file: string, args: readonly string[]): Running {
  const child = spawn(file, args, { cwd: world.repository, env: { ...world.env } });
  let screen = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (screen += text));
  }
  return { child, screen: () => screen, ended: new Promise((resolve) => child.on('close', resolve)) };
}

const type = ({ child }: Running, keys: string): void => void child.stdin?.write(keys);
const consents = async (): Promise<boolean> => {
  const settings = await ask(host, 'settings.get', {});
  return settings.ok && settings.value.permissionlessCoordinators;
};
const leaders = () => host.listSessions().filter(({ kind }) => kind !== 'worker');

describe.runIf(existsSync('/usr/bin/script'))('the question whether whoever leads may act without asking', () => {
  const start = "orchestrator start demo --agent custom --command 'sleep 600'";
  const asked = async (words = start): Promise<Running> => {
    const running = atTerminal(words);
    await expect.poll(running.screen, { timeout: patience }).toContain('Do you agree? [y/N]');
    return running;
  };

  it.each([
    ['n', 'n\r'],
    ['Ctrl+C', '\u0003'],
    ['Ctrl+D', '\u0004'],
  ])('is answered with no by %s: nothing is started, and nothing agreed to', async (_, keys) => {
    const running = await asked();
    type(running, keys);
    expect(await running.ended).toBe(1);
    const [, answer = ''] = running.screen().split('[y/N]');
    expect(answer).toContain('Nothing was started.');
    expect(answer).not.toMatch(/ at .*:\d+:\d+/);
    expect([await consents(), leaders()]).toEqual([false, []]);
  });

  it('is answered with yes once, for all that lead', async () => {
    const running = await asked();
    type(running, 'y\r');
    expect(await running.ended).toBe(0);
    expect([await consents(), leaders().map(({ id }) => id)]).toEqual([true, ['repo-orchestrator']]);
    const again = atTerminal('orchestrator start demo');
    expect([await again.ended, again.screen()]).toEqual([0, expect.not.stringContaining('[y/N]')]);
    await ask(host, 'session.kill', { id: 'repo-orchestrator' });
  });
});

describe('athene status --watch', () => {
  const ended = async (command: string): Promise<string> => {
    const { id } = await startAgent(host, command);
    await ask(host, 'session.kill', { id });
    return id;
  };

  it.runIf(existsSync('/usr/bin/script'))('draws anew at a terminal when something changes, until Ctrl+C', async () => {
    const first = await ended('true');
    const watching = atTerminal('status --watch');
    await expect.poll(watching.screen, { timeout: patience }).toContain(first);
    const second = await ended('true');
    await expect.poll(watching.screen, { timeout: patience }).toContain(second);
    // In place of what stood there, and with the cursor out of the way.
    expect(watching.screen().split('\u001b[H').length).toBeGreaterThan(2);
    expect(watching.screen().lastIndexOf('\u001b[?25h')).toBe(-1);
    type(watching, '\u0003');
    expect(await watching.ended).toBe(0);
    expect(watching.screen().split('\u001b[').at(-1)).toMatch(/^\?25h/);
  });

  it('is a document a line for programs, and ends without a word when nobody reads any more', async () => {
    const watching = begin(world.command, ['status', '--watch', '--json', '--interval', '0.5']);
    const documents = () =>
      watching
        .screen()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { readonly data: readonly { readonly id: string }[] });
    await expect.poll(documents, { timeout: patience }).toHaveLength(1);
    const third = await ended('true');
    const seen = () => documents().some(({ data }) => data.some(({ id }) => id === third));
    await expect.poll(seen, { timeout: patience }).toBe(true);
    const read = watching.screen();
    watching.child.stdout?.destroy();
    await ended('true');
    expect([await watching.ended, watching.screen()]).toEqual([0, read]);
  });

  it('ends with 0 when it is told to, and refuses an interval that is none', async () => {
    const watching = begin(world.command, ['status', '--watch']);
    await expect.poll(watching.screen, { timeout: patience }).not.toBe('');
    watching.child.kill('SIGTERM');
    expect(await watching.ended).toBe(0);
    const refused = await world.athene('status', '--watch', '--interval', 'often');
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([1, '', expect.stringContaining('--interval')]);
  });
});

describe('athene open', () => {
  let server: Server | null = null;
  const opened = () => join(dirname(world.home), 'opened');
  /** A screen, and the program that shows addresses on it. */
  const open = (...words: string[]) => {
    const bin = join(dirname(world.home), 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$@" >> '${opened()}'\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    const env = { ...world.env, DISPLAY: ':1', PATH: `${bin}${delimiter}${world.env['PATH']}` };
    return run(world.command, ['open', ...words], { cwd: world.repository, env });
  };
  afterAll(() => server?.close());

  it('says what to do where no server runs, and shows no session that is none', async () => {
    const none = await open();
    expect([none.code, none.stdout, none.stderr]).toEqual([1, '', expect.stringContaining('athene serve --open')]);
    const unknown = await open('repo-999', '--json');
    expect([unknown.code, JSON.parse(unknown.stdout)]).toMatchObject([1, { error: { code: 'session-unknown' } }]);
    expect(existsSync(opened())).toBe(false);
  });

  it.runIf(process.platform === 'linux')('lets one browser in, once, at the session that is named', async () => {
    const { id } = await startAgent(host, 'true');
    const renderer = join(dirname(world.home), 'renderer');
    mkdirSync(renderer);
    writeFileSync(join(renderer, 'index.html'), '<title>Athene</title>');
    const created = await createServer({
      ...{ runDirectory: host.sessions.paths.run, rendererDirectory: renderer, serveConnection: () => undefined },
    });
    if (!created.ok) throw new Error(created.problem.what);
    server = created.value;

    const { code, stdout } = await open(id, '--json');
    const { url, opened: shown } = JSON.parse(stdout) as { readonly url: string; readonly opened: boolean };
    expect([code, shown, readFileSync(opened(), 'utf8')]).toEqual([0, true, `${url}\n`]);
    expect(url.startsWith(`${server.url}ticket?ticket=`)).toBe(true);
    expect(new URL(url).hash).toBe(`#/session/${id}`);
    const visit = () => fetch(url, { redirect: 'manual' });
    const first = await visit();
    expect([first.status, first.headers.get('set-cookie')]).toEqual([303, expect.stringContaining('HttpOnly')]);
    expect((await visit()).headers.get('set-cookie')).toBeNull();
  });
});
