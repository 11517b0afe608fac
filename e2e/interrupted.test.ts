// Commands that are ended in the middle, and readers that go away.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, run, type World } from './world.ts';

/** Milliseconds that something may take to become true. */
const patience = 30_000;

let world: World;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
}, 60_000);

afterAll(async () => world.close(), 60_000);

const sessions = async (): Promise<readonly { id: string; state: string; promptDelivery: string }[]> =>
  (JSON.parse((await world.athene('status', '--json')).stdout) as { data: [] }).data;
const below = (name: string): readonly string[] => {
  const path = join(world.home, name);
  return existsSync(path) ? readdirSync(path) : [];
};

describe('Ctrl+C of a spawn', () => {
  it('takes back what was made, and frees the issue', async () => {
    // A checkout that waits, so that there is a middle.
    const marker = join(world.home, '..', 'checked-out');
    writeFileSync(join(world.repository, '.git', 'info', 'attributes'), '* filter=slow\n');
    await git('config', 'filter.slow.smudge', `touch '${marker}'; sleep 3; cat`);
    const child = spawn(world.command, ['spawn', '7', '-a', 'custom', '--command', 'sleep 600'], {
      cwd: world.repository,
      env: { ...world.env },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await expect.poll(() => existsSync(marker), { timeout: patience }).toBe(true);
    child.kill('SIGINT');
    expect([await ended, stderr]).toEqual([1, expect.stringContaining('cancelled')]);
    await git('config', '--unset', 'filter.slow.smudge');
    expect([await sessions(), below('worktrees/api'), below('sessions')]).toEqual([[], [], []]);
    expect((await git('branch', '--list', '--format=%(refname:short)')).stdout.trim()).toBe('main');
    expect((await world.athene('spawn', '7', '-a', 'custom', '--command', 'true')).code).toBe(0);
  });

  it('while the prompt waits for the agent leaves the session, and the prompt to whoever runs next', async () => {
    const log = join(world.home, '..', 'typed');
    // Never silent until the file is there, so the prompt waits.
    const go = `${log}-go`;
    const program = `while [ ! -e '${go}' ]; do echo .; sleep 0.1; done; cat > '${log}'`;
    const words = ['spawn', '-a', 'custom', '--command', program, '--prompt', 'do it'];
    const child = spawn(world.command, words, { cwd: world.repository, env: { ...world.env } });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const waiting = async () => (await sessions()).filter(({ state }) => state === 'working');
    await expect.poll(waiting, { timeout: patience }).toHaveLength(1);
    child.kill('SIGINT');
    expect([await ended, stdout]).toEqual([0, expect.stringMatching(/SESSION=repo-\d+\n$/)]);
    expect((await waiting())[0]?.promptDelivery).toBe('pending');
    writeFileSync(go, '');
    const id = /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
    expect((await world.athene('send', id, 'and', 'this')).code).toBe(0);
    await expect.poll(() => readFileSync(log, 'utf8'), { timeout: patience }).toBe('do it\nand this\n');
    await world.athene('session', 'kill', id);
  }, 60_000);
});

describe('Ctrl+C of a batch', () => {
  it('leaves what was made, takes back the one in the middle, begins no other, and tells of each', async () => {
    // The second checkout waits.
    const [marker, count] = [join(world.home, '..', 'second'), join(world.home, '..', 'checkouts')];
    writeFileSync(join(world.repository, '.git', 'info', 'attributes'), '* filter=slow\n');
    const slow = `echo x >> '${count}'; if [ "$(wc -l < '${count}')" -eq 2 ]; then touch '${marker}'; sleep 3; fi; cat`;
    await git('config', 'filter.slow.smudge', slow);
    const sleeper = `\nagents:\n  sleeper: { command: [sleep, '600'], promptDelivery: none }\n`;
    appendFileSync(join(world.home, 'config.yaml'), sleeper);
    const before = (await sessions()).map(({ id }) => id);
    const batch = ['batch-spawn', '31', '32', '33', '-a', 'sleeper'];
    const child = spawn(world.command, batch, { cwd: world.repository, env: { ...world.env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await expect.poll(() => existsSync(marker), { timeout: patience }).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    await git('config', '--unset', 'filter.slow.smudge');
    const [made = ''] = (await sessions()).map(({ id }) => id).filter((id) => !before.includes(id));
    expect(stdout.split('\n')).toEqual([
      `[1/3] api 31: ${made}`,
      '[3/3] api 33: not begun',
      '1 created, 0 skipped, 1 failed, 1 not begun.',
      expect.stringContaining('No app or server of Athene runs'),
      '',
    ]);
    expect(stderr).toMatch(/^\[2\/3\] api 32: failed: .*cancelled/);
    expect((await sessions()).map(({ id }) => id)).toEqual([...before, made]);
    expect(below('worktrees/api')).toContain(made);
    expect(below('worktrees/api').length).toBe(below('sessions').length);
    expect((await world.athene('spawn', '32', '-a', 'custom', '--command', 'true')).code).toBe(0);
  }, 120_000);
});

const git = (...args: string[]) => run('git', args, { cwd: world.repository, env: { ...world.env } });

describe('a reader that goes away', () => {
  it('is no failure', async () => {
    const piped = `set -o pipefail; "$0" help | true && "$0" status --json | true && "$0" project ls | head -n 0`;
    const { code, stderr } = await run('/bin/bash', ['-c', piped, world.command], {
      cwd: world.repository,
      env: { ...world.env },
    });
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('words that look like options', () => {
  it('are text after --', async () => {
    const { code, stderr, stdout } = await world.athene('send', '--', 'api-999', '--help', '-h');
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('no session api-999')]);
  });
});

describe.runIf(existsSync('/usr/bin/script'))('athene session attach', () => {
  it('shows the screen, passes keys on, and leaves by Ctrl+\\ with the agent at work', async () => {
    const spawned = await world.athene('spawn', '-a', 'custom', '--command', world.fakeAgent('echoes'));
    const id = /SESSION=(\S+)/.exec(spawned.stdout)?.[1] ?? '';
    const child = spawn('/usr/bin/script', ['-qfc', `'${world.command}' session attach ${id}`, '/dev/null'], {
      cwd: world.repository,
      env: { ...world.env },
    });
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await expect.poll(() => screen, { timeout: patience }).toContain('Attached');
    child.stdin.write('typed by hand\r');
    await expect.poll(() => screen, { timeout: patience }).toContain('[typed by hand');
    child.stdin.write('\u001c');
    expect(await ended).toBe(0);
    expect(screen).toContain('the agent goes on');
    expect((await sessions()).find((each) => each.id === id)?.state).toBe('working');
  });
});
