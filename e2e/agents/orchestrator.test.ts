// Claude Code as an orchestrator and as a meta orchestrator: it leads workers, which are Claude Code too, by the command alone.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toldTo } from '../model-server/model-server.ts';
import { type AgentWorld, createAgentWorld, until } from './agent-world.ts';

let at: AgentWorld;
const lead = 'repo-orchestrator';

beforeAll(async () => {
  at = await createAgentWorld();
  await at.athene('project', 'trust', 'demo', 'on');
});
afterAll(() => at.close());

const run = (command: string) => ({ kind: 'tool', name: 'Bash', input: { command, description: 'Lead' } }) as const;
const say = (text: string) => ({ kind: 'text', text }) as const;
const worker = (id: string): RegExp => new RegExp(`agent of session \`${id}\`, a worker`);
const metaLeader = /`release`, a meta orchestrator/;
const leader = new RegExp(`\`${lead}\`, the orchestrator`);

it('is started with the person’s consent, told that it leads, and listens', async () => {
  const refused = await at.world.athene('orchestrator', 'start', 'demo', '--agent', 'claude-code');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--allow-permissionless')]);
  await at.athene('orchestrator', 'start', 'demo', '--agent', 'claude-code', '--allow-permissionless');
  expect(at.record(lead)).toMatchObject({ kind: 'orchestrator', permissions: 'permissionless' });
});

it('spawns two real workers, is refused a second one for an issue, sends a message, and reads their reports', async () => {
  at.model.sayTo(
    leader,
    run('athene spawn demo 7 --agent claude-code'),
    run('athene spawn demo 8 --agent claude-code'),
    run('athene spawn demo "#7" --agent claude-code'),
    run('athene send repo-1 "How far are you?"'),
    run('athene status --json'),
    say('Two are at work.'),
    run('athene status --reports full'),
    say('Both have reported.'),
  );
  at.model.sayTo(
    worker('repo-1'),
    run('athene acknowledge --note "I have read it"'),
    run('athene report completed --note "There was nothing to do"'),
    say('I am through.'),
  );
  at.model.sayTo(worker('repo-2'), run('athene acknowledge --note "I have read it, too"'), say('I have begun.'));
  await at.athene('send', lead, 'Bring the issues 7 and 8 to an end.');
  await at.shows(lead, /Two are at work\./);
  await at.shows('repo-1', /I am through\./);
  await at.shows('repo-2', /I have begun\./);
  // Within its turn, or as a turn of its own.
  await until(
    () => messagesTo(worker('repo-1')),
    (messages) => messages.some((text) => text.includes('How far are you?')),
    'the message',
  );
  await at.athene('send', lead, 'And now?');
  await at.shows(lead, /Both have reported\./);

  const told = toolsOf(leader);
  expect(told[0]).toMatch(/SESSION=repo-1/);
  expect(told[1]).toMatch(/SESSION=repo-2/);
  expect(told[2]).toMatch(/SPAWN REFUSED: repo-1 already owns 7 \(owner=project, status=\w+\)/);
  const status = JSON.parse(told[4] ?? '') as {
    readonly data: readonly { readonly id: string; readonly kind: string }[];
  };
  expect(status.data.map(({ id, kind }) => [id, kind])).toEqual([
    [lead, 'orchestrator'],
    ['repo-1', 'worker'],
    ['repo-2', 'worker'],
  ]);
  expect(told[5]).toMatch(/repo-1[^]*There was nothing to do/);
  expect(told[5]).toMatch(/repo-2[^]*I have read it, too/);
  for (const id of ['repo-1', 'repo-2']) {
    expect(at.record(id)).toMatchObject({ kind: 'worker', owner: { kind: 'project' }, permissions: 'ask' });
  }
});

it('leaves no process when it is stopped with its workers', async () => {
  await at.athene('orchestrator', 'stop', lead, '--with-workers');
  await until(
    () => [lead, 'repo-1', 'repo-2'].flatMap((id) => at.processesOf(id)),
    (left) => left.length === 0,
    'no process',
  );
});

it('leads over two projects as a meta orchestrator, and owns what it spawns', async () => {
  const second = join(at.person, 'second');
  execFileSync('git', ['clone', '-q', at.world.repository, second], { env: at.world.env });
  await at.athene('project', 'add', second, '--id', 'second', '--trust-worktrees');
  await at.athene('meta', 'add', 'release', '--all', '--agent', 'claude-code');
  await at.athene('meta-start', 'release');
  at.model.sayTo(
    metaLeader,
    run('athene spawn demo 11 --agent claude-code'),
    run('athene spawn second 11 --agent claude-code'),
    run('athene spawn demo 11 --agent claude-code'),
    run('athene send sec-1 "How far are you?"'),
    run('athene meta-status release'),
    say('Both projects are at work.'),
  );
  await at.athene('send', 'release', 'Bring issue 11 to an end in both.');
  await at.shows('release', /Both projects are at work\./);
  const told = toolsOf(metaLeader);
  expect(told[2]).toMatch(/SPAWN REFUSED: repo-3 already owns 11 \(owner=meta, status=\w+\)/);
  expect(told[4]).toMatch(/repo-3[^]*sec-1|sec-1[^]*repo-3/);
  const owner = { kind: 'meta', name: 'release' };
  expect([at.record('repo-3'), at.record('sec-1')]).toMatchObject([
    { project: 'demo', kind: 'worker', owner },
    { project: 'second', kind: 'worker', owner },
  ]);
  expect(at.record('release')).toMatchObject({ kind: 'meta-orchestrator', project: '_meta' });
  await at.athene('orchestrator', 'stop', 'release', '--with-workers');
});

/** What the commands of the agent printed, in order. */
function toolsOf(who: RegExp): readonly string[] {
  const texts =
    requestsOf(who)
      .at(-1)
      ?.messages.filter(({ role }) => role === 'tool') ?? [];
  return texts.map(({ text }) => (text.startsWith('"') ? (JSON.parse(text) as string) : text));
}
const messagesTo = (who: RegExp): readonly string[] =>
  requestsOf(who)
    .at(-1)
    ?.messages.filter(({ role }) => role === 'person')
    .map(({ text }) => text) ?? [];
const requestsOf = (who: RegExp) => at.model.requests.filter((request) => who.test(toldTo(request)));
