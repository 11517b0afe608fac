// What the command answers in its own words: exit code, what it prints and what it refuses, as docs/cli.md and the reference have it.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { acquireKernelLock, type KernelLock } from '#main/lib/kernel-lock.ts';
import { hostOf, startAgent } from './fixtures/host-of.ts';
import { createWorld, type CommandResult, type World } from './world.ts';

let world: World;
let host: Host;

beforeAll(async () => {
  world = createWorld();
  host = await hostOf(world);
  const added = await ask(host, 'project.add', { path: world.repository, id: 'demo', trustWorktrees: false });
  if (!added.ok) throw new Error(added.problem.what);
}, 60_000);
afterAll(async () => {
  await host.close();
  await world.close();
}, 60_000);

/** Exit code, and the first line of what it says: of a refusal on stderr, else on stdout. */
const answered = ({ code, stdout, stderr }: CommandResult) => [code, (code === 0 ? stdout : stderr).split('\n')[0]];

/** All of them at once: each is a process of its own. */
async function expectAnswers(answers: readonly (readonly [words: string, code: number, first: unknown])[]) {
  const told = await Promise.all(answers.map(([words]) => world.athene(...words.split(' ').filter(Boolean))));
  expect(told.map(answered).map((answer, index) => [answers[index]?.[0], ...answer])).toEqual(answers);
  // Nothing but the refusal: whoever reads the output of a command that failed reads nothing.
  expect(told.filter(({ code, stdout }) => code !== 0 && stdout !== '')).toEqual([]);
}

describe('a command that is refused', () => {
  it('ends with 1 and says why: who is meant, and what is known', async () => {
    await expectAnswers([
      ['session kill nobody', 1, 'There is no session nobody.'],
      ['send nobody hello', 1, 'There is no session nobody.'],
      ['spawn --project nowhere', 1, expect.stringContaining('nowhere')],
      ['review-check nowhere', 1, 'There is no project called "nowhere".'],
      ['report working', 1, 'Which session reports? Name it with --session.'],
      ['report asleep --session repo-1', 1, '"asleep" is no state to report.'],
    ]);
  }, 120_000);

  it('ends with 1 and says how it is called', async () => {
    await expectAnswers([
      ['spawn --assign-on-github', 1, '--assign-on-github needs --claim-pr.'],
      ['spawn --claim-pr 5 --no-wait', 1, '--claim-pr needs the session, so it waits.'],
      ['status --interval 2', 1, '--interval goes with --watch.'],
      ['status --reports 0', 1, '--reports takes full, or a number from 1 to 200.'],
      ['session claim-pr 5', 1, 'Which session is to claim it?'],
      ['config get nothing', 1, ''],
      ['no-such-command', 1, 'athene: there is no command "no-such-command".'],
    ]);
  }, 120_000);

  it('tells programs the same as a document, the last line of what it prints', async () => {
    const refused = await world.athene('session', 'restore', 'nobody', '--json');
    expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([
      1,
      { error: { code: 'session-unknown', what: 'There is no session nobody.', todo: expect.any(String) as unknown } },
    ]);
    expect(refused.stderr).toContain('There is no session nobody.');
  });
});

describe('meta orchestrators', () => {
  const add = (name: string) => ask(host, 'coordinator.addMeta', { name, scope: 'all', agent: null });

  it('are none, one that is meant without its name, or several of which one must be named', async () => {
    await expectAnswers([['meta-status', 1, 'No meta orchestrator is configured.']]);
    await add('chief');
    await expectAnswers([
      ['meta-status', 0, 'chief: not started'],
      ['meta-status other', 1, 'Unknown meta orchestrator: other'],
    ]);
    await add('other');
    await expectAnswers([['meta-status', 1, 'Which meta orchestrator is meant?']]);
  }, 120_000);
});

it('a session is reported for, written to and listed, each as people read it and as programs do', async () => {
  const { id } = await startAgent(host, 'echo ready; cat');
  const say = async (...words: string[]) => {
    const { code, stdout, stderr } = await world.athene(...words);
    return [code, (code === 0 ? stdout : stderr).split('\n')[0]];
  };
  const json = async (...words: string[]): Promise<unknown> =>
    JSON.parse((await world.athene(...words, '--json')).stdout);
  expect(await say('acknowledge', id, '--note', 'on it')).toEqual([
    0,
    expect.stringMatching(`^${id} reported started: [a-z_]+ → [a-z_]+$`),
  ]);
  const made = ['report', 'pr-created', '--pr-number', '5', '-s', id];
  expect(await json(...made)).toMatchObject({ session: id, reported: 'pr_created', after: 'pr_open' });
  expect(await say('report', 'working', '--pr-number', '5', '-s', id)).toEqual([
    1,
    `${id} can't report: only pr_created, draft_pr_created, ready_for_review name a pull request.`,
  ]);
  const letter = join(dirname(world.home), 'letter.txt');
  writeFileSync(letter, 'from a file');
  expect(await json('send', id, '--file', letter, '--no-wait')).toMatchObject({ session: id, outcome: 'queued' });
  expect(await say('send', id, '--file', `${letter}.not`)).toEqual([1, `There is no file ${letter}.not.`]);
  // Whoever runs next types what waits, and then its own.
  expect(await json('send', id, 'by hand', '--timeout', '60')).toMatchObject({ outcome: 'confirmed', restored: false });
  const typed = async () => (await world.athene('session', 'output', id)).stdout;
  await expect.poll(typed).toMatch(/from a file\n[^]*by hand\n/);

  const status = await world.athene('status', '--reports', 'full');
  expect(status.stdout.split('\n').filter((line) => line.startsWith(`${id}: `))).toEqual([
    expect.stringMatching(/ ago working, refused: only pr_created, .*, told by person$/),
    expect.stringMatching(/ ago pr created, .*, told by person$/),
    expect.stringMatching(/ ago started, "on it", .*, told by person$/),
  ]);
  await ask(host, 'session.kill', { id });
  expect(await say('report', 'working', '-s', id)).toEqual([1, `${id} can't report: it has ended.`]);
  expect(await json('session', 'ls')).toMatchObject({ data: [], meta: { hiddenTerminatedCount: 1 } });
  expect(await json('session', 'ls', '--include-terminated')).toMatchObject({
    data: [{ id, projectId: 'demo', projectName: 'demo', role: 'worker', branch: `session/${id}`, issueId: null }],
    meta: { hiddenTerminatedCount: 0 },
  });
  await ask(host, 'session.remove', { id });
}, 180_000);

describe('a session that is made', () => {
  let lock: KernelLock | null = null;
  afterAll(() => lock?.release());

  it('is told that nobody follows it, until somebody does, and last of all which it is', async () => {
    const words = ['spawn', '--project', 'demo', '-a', 'custom', '--command', 'true'];
    const alone = await world.athene(...words);
    const lines = alone.stdout.trim().split('\n');
    expect([alone.code, lines.at(-2), lines.at(-1)]).toEqual([
      0,
      expect.stringContaining('nobody looks at its checks, reviews and questions'),
      expect.stringMatching(/^SESSION=repo-\d+$/),
    ]);
    // As whoever supervises has it.
    lock = acquireKernelLock(host.sessions.paths.lockFor('supervisor'));
    expect(lock).not.toBeNull();
    const followed = await world.athene(...words);
    expect(followed.stdout).not.toContain('nobody looks');
    expect(followed.stdout).toMatch(/\nSESSION=repo-\d+\n$/);
  });
});
