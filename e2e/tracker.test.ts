// Spawns with an issue through the real command, with a gh that answers from a file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { fakeGh, type FakeGh } from '#main/lib/fixtures/fake-gh.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let gh: FakeGh;
let bait: string;

beforeAll(async () => {
  world = createWorld();
  const root = dirname(world.repository);
  bait = join(root, 'bait');
  gh = fakeGh(join(root, 'gh'), world.env['HOME'] ?? '');
  // An agent as far as Athene is concerned: it writes down what it was handed over. Asked for its version it is in no session, and has no home.
  writeFileSync(
    join(root, 'gh', 'claude'),
    `#!/bin/sh\n[ -n "$ATHENE_SESSION" ] || exit 0\nfor word in "$@"; do last=$word; done\nprintf %s "$last" >"$ATHENE_HOME/../told-$ATHENE_SESSION"\nexec sleep 600\n`,
    { mode: 0o755 },
  );
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  setEntry('repo: github.com/o/r');
});
afterAll(() => world.close());
beforeEach(() => gh.calls());

/** Adds lines to the project's entry; those of earlier calls go, except its repository. */
function setEntry(...more: string[]): void {
  const file = join(world.home, 'config.yaml');
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.includes('tracker:'));
  lines.splice(lines.findIndex((line) => line.trim() === 'demo:') + 1, 0, ...more.map((line) => `    ${line}`));
  writeFileSync(file, lines.join('\n'));
}

async function spawn(...words: string[]): Promise<SessionView> {
  const ended = await world.athene('spawn', '--project', 'demo', '--json', ...words);
  expect([ended.code, ended.stderr], words.join(' ')).toEqual([0, '']);
  return JSON.parse(ended.stdout) as SessionView;
}

const told = async (id: string): Promise<string> => {
  const file = join(world.home, '..', `told-${id}`);
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 60_000 }).toBeTruthy();
  return readFileSync(file, 'utf8');
};

it('names session and branch after the issue, and hands its text over as data that no shell sees', async () => {
  const hostile = `$(touch '${bait}') \`touch '${bait}'\`; touch '${bait}' \u001b]0;x\u0007`;
  gh.answer({ issues: { '7': { title: `Fix ${hostile}`, body: `Do it.\r\n${hostile}`, labels: [{ name: 'bug' }] } } });
  const session = await spawn('#7');
  expect(session).toMatchObject({
    name: expect.stringMatching(/^Fix \$\(touch/),
    issue: '7',
    issueTitle: expect.stringContaining('Fix $(touch'),
    issueUrl: 'https://github.com/o/r/issues/7',
    issueNote: null,
    branch: 'feat/issue-7',
    prompt: null,
    promptDelivery: 'handed-over',
  });
  const prompt = await told(session.id);
  expect(prompt).toMatch(/^Work on issue: 7\n\nIssue 7 /);
  expect(prompt).toContain('\n> Labels: bug\n>\n> Do it.\n> $(touch');
  expect(prompt.replace(/\n/g, '')).not.toMatch(/\p{Cc}/u);
  expect(existsSync(bait)).toBe(false);
  expect(gh.calls().map(({ args }) => args.at(-1))).toEqual(['7']);
});

it('prefers the branch and the words of the person', async () => {
  gh.answer({ issues: { '8': { title: 'Eighth', state: 'CLOSED' } } });
  const session = await spawn('8', '--branch', 'mine', '--name', 'My name', '--prompt', 'Only look.');
  expect(session).toMatchObject({ branch: 'mine', name: 'My name', issueNote: 'GitHub has this issue as closed.' });
  expect(await told(session.id)).toMatch(/^Only look\.\n\nIssue 8 /);
});

it('types nothing that others wrote into a command line of one’s own', async () => {
  gh.answer({ issues: { '9': { title: 'Ninth', body: `touch '${bait}'` } } });
  const session = await spawn('9', '--agent', 'custom', '--command', 'exec sh');
  expect(session).toMatchObject({ issueTitle: 'Ninth', prompt: null, promptDelivery: 'none' });
  expect(existsSync(bait)).toBe(false);
});

it('goes on with an issue that the tracker does not know, and says so', async () => {
  gh.answer({});
  const answer = await world.athene('spawn', '10', '--project', 'demo');
  expect([answer.code, answer.stderr, answer.stdout]).toEqual([
    0,
    '',
    expect.stringContaining('Issue 10: GitHub knows no issue 10.'),
  ]);
  expect(answer.stdout).toMatch(/branch feat\/10 [\s\S]*\nSESSION=\S+\n$/);
});

it('lets a person spawn who is offline, signed out, limited or behind a hotel’s page, unless the tracker was named', async () => {
  const modes = [
    ['offline', 'GitHub could not be reached.'],
    ['rate-limited', 'GitHub answers no more for now: its rate limit is reached.'],
    ['no-repository', 'GitHub refused.'],
  ] as const;
  for (const [mode, words] of modes.slice(0, 2)) {
    gh.answer({ mode });
    const issue = mode === 'offline' ? '20' : '21';
    const session = await spawn(issue);
    expect(session).toMatchObject({ issueTitle: null, branch: `feat/${issue}` });
    expect(session.issueNote).toContain(words);
  }
  setEntry('tracker: github');
  const list = async () => (await world.athene('session', 'ls', '--json')).stdout.match(/"id": ?"[^"]+"/g);
  const before = await list();
  for (const [mode, words] of modes) {
    gh.answer({ mode });
    const refused = await world.athene('spawn', '30', '--project', 'demo');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(`Failed to fetch issue 30: ${words}`);
  }
  expect(await list()).toEqual(before);
  gh.answer({});
  expect(await spawn('30')).toMatchObject({ issueNote: 'GitHub knows no issue 30.' });
});

it('asks nobody when the person wants no tracker, or when it can read none', async () => {
  setEntry('tracker: none');
  gh.calls();
  expect(await spawn('40')).toMatchObject({ issueNote: null, issueTitle: null, branch: 'feat/40' });
  setEntry('tracker: {plugin: elsewhere, place: x}');
  expect(await spawn('41')).toMatchObject({ issueNote: "This Athene can't read the tracker elsewhere." });
  expect(gh.calls()).toEqual([]);
  setEntry('tracker: github');
  const doctor = await world.athene('doctor');
  expect(doctor.stdout).toContain(join(gh.directory, 'gh'));
});

it('cleans up what the tracker has as completed, asks once for each issue, and keeps the rest', async () => {
  setEntry('tracker: github');
  const sessions = JSON.parse((await world.athene('session', 'ls', '--json')).stdout) as { data: SessionView[] };
  const of = (issue: string) => sessions.data.find((session) => session.issue === issue);
  const rest = sessions.data.map(({ id }) => id).filter((id) => id !== of('8')?.id);
  gh.answer({ mode: 'offline' });
  const cleanup = async (...words: string[]) => {
    gh.calls();
    const ended = await world.athene('session', 'cleanup', '--json', ...words);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    return JSON.parse(ended.stdout) as { killed: string[]; skipped: string[] };
  };
  expect((await cleanup('--dry-run')).killed).toEqual([]);
  expect(gh.calls().length).toBeLessThanOrEqual(4);
  gh.answer({ issues: { '7': { title: 'Seventh' }, '8': { title: 'Eighth', state: 'CLOSED' } } });
  expect(await cleanup('--dry-run')).toMatchObject({ killed: [of('8')?.id], skipped: rest });
  const asked = gh.calls().map(({ args }) => args.at(-1));
  expect([asked.length, new Set(asked)]).toEqual([9, new Set(['7', '8', '9', '10', '20', '21', '30', '40', '41'])]);
  expect(existsSync(of('8')?.worktree ?? '')).toBe(true);
  expect(await cleanup()).toMatchObject({ killed: [of('8')?.id], skipped: rest });
  expect(existsSync(of('8')?.worktree ?? '')).toBe(false);
});
