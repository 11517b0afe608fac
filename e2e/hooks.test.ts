// Through the real command: what agents do with git, gh and glab shows on record, and what they are handed goes when it is not wanted.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;
const person = () => join(world.home, '..');
/** Milliseconds for one thing to show, on a busy machine. */
const patience = 60_000;

beforeAll(async () => {
  world = createWorld();
  const bin = join(person(), 'bin');
  mkdirSync(bin);
  program(join(bin, 'gh'), 'echo https://github.com/o/r/pull/7');
  program(join(bin, 'glab'), 'echo https://gitlab.com/g/sub/p/-/merge_requests/7');
  // Stands for Claude Code: tells as it would, by what it is handed, and goes on.
  program(
    join(bin, 'claude'),
    `case $1 in --version) echo 2.1.197; exit;; esac
     printf '%s\\n' "$@" > "$ATHENE_HOME/../argv-$ATHENE_SESSION"
     hook=$(sed -n "s/.*|| '\\(.*\\)' claude-code SessionStart.*/\\1/p" "$2")
     printf '{"session_id":"told-by-claude"}' | "$hook" claude-code SessionStart
     exec sleep 600`,
  );
  // A profile that puts other directories in front, as that of root does on Debian.
  writeFileSync(join(person(), '.profile'), `PATH="${bin}:/usr/local/bin:/usr/bin:/bin"; export PATH\n`);
  await world.athene('project', 'add', world.repository, '--id', 'demo', '--trust-worktrees');
}, patience);
afterAll(() => world.close(), patience);

const program = (path: string, body: string): void => writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });

async function spawn(...words: string[]): Promise<string> {
  const { stdout, stderr } = await world.athene('spawn', '--project', 'demo', ...words);
  expect(stderr).toBe('');
  return /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
}
const custom = (command: string): Promise<string> => spawn('--agent', 'custom', '--command', command);
const shown = async (session: string): Promise<string> =>
  (await world.athene('session', 'show', session, '--json')).stdout;

describe.runIf(process.platform === 'linux')('what an agent does', () => {
  it('with git shows: its branch is on record', { timeout: patience }, async () => {
    const session = await custom('git checkout -q -b feat/by-the-agent; echo done; exec sleep 600');
    await expect.poll(() => shown(session), { timeout: patience }).toContain('"feat/by-the-agent"');
    expect((await world.athene('fsck', '--json')).stdout).toContain('"findings":[]');
  });

  it.each([
    ['gh', 'gh pr create'],
    ['glab', 'glab mr create'],
  ])('with %s shows: the pull request is on record', { timeout: patience }, async (_, command) => {
    const session = await custom(`${command} --draft | cat; exec sleep 600`);
    const status = async () => {
      const { data } = JSON.parse((await world.athene('status', '--json')).stdout) as {
        readonly data: readonly { readonly id: string; readonly status: string }[];
      };
      return data.find(({ id }) => id === session)?.status;
    };
    await expect.poll(status, { timeout: patience }).toMatch(/^(pr_open|pr_created|draft_pr_created|review_pending)$/);
  });

  it(
    'is told by its own hooks, and its worktree trusted, until that is not wanted any more',
    { timeout: 2 * patience },
    async () => {
      const own = join(person(), '.claude.json');
      writeFileSync(own, '{\n  "theme": "dark"\n}\n', { mode: 0o600 });
      const session = await spawn('--agent', 'claude-code');
      const worktree = join(world.home, 'worktrees', 'demo', session);
      expect(JSON.parse(readFileSync(own, 'utf8'))).toEqual({
        theme: 'dark',
        projects: { [worktree]: { hasTrustDialogAccepted: true } },
      });
      const argv = (of: string) => readFileSync(join(person(), `argv-${of}`), 'utf8');
      await expect.poll(() => argv(session), { timeout: patience }).toMatch(/^--settings$/m);
      const told = /^--append-system-prompt-file\n(.*)$/m.exec(argv(session))?.[1] ?? '';
      expect(readFileSync(told, 'utf8')).toContain(`session \`${session}\`, a worker`);
      expect(statSync(told).mode & 0o777).toBe(0o600);
      const asked = async () => JSON.parse((await world.athene('hooks', 'status', '--json')).stdout) as object;
      expect(await asked()).toMatchObject({
        ...{ enabled: true, wrappers: { state: 'good' }, trustedProjects: ['demo'] },
        trusts: [{ agent: 'claude-code', file: own, path: worktree, session }],
      });
      expect((await world.athene('hooks', 'remove')).code).toBe(0);
      expect(await asked()).toMatchObject({ enabled: false, wrappers: { state: 'missing' }, trusts: [] });
      expect(readFileSync(own, 'utf8')).toBe('{\n  "theme": "dark",\n  "projects": {}\n}\n');
      const without = await spawn('--agent', 'claude-code');
      await expect.poll(() => argv(without), { timeout: patience }).toMatch(/\n$/);
      expect(argv(without)).not.toContain('--settings');
      expect(readFileSync(own, 'utf8')).not.toContain(without);
      await world.athene('hooks', 'install');
      expect(await asked()).toMatchObject({ enabled: true, wrappers: { state: 'good' } });
    },
  );
});
