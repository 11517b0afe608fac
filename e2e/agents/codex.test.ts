// Codex itself, spawned by Athene, with a scripted model: a turn, its traces, an end, and on with the same conversation.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld } from './agent-world.ts';
import { expectOwnConversation, expectTold, firstPrompt, stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;
let session: SessionView;
const newer = 'something else';

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

it('asks whether it may trust the folder, which a person can see and answer', async () => {
  const input = { cmd: 'pwd > made.txt', sandbox_permissions: 'require_escalated', justification: 'May I make it?' };
  at.model.say({ kind: 'tool', name: 'exec_command', input }, { kind: 'text', text: 'The file is made.' });
  session = await at.spawn('codex', `--prompt=${firstPrompt}`);
  await at.answer(session.id, /Trust this folder/, /Trust and continue/);
});

it('asks before it runs a command outside of its sandbox, does the turn in its worktree, and ends it', async () => {
  // The dialog may be drawn before its hook has told of it.
  await at.tells(session.id, 'PermissionRequest');
  const asked = await at.answer(session.id, /run the following command/, /Yes, proceed/);
  expect(asked).toMatchObject({
    ...{ kind: 'permission', source: 'both', tool: 'Bash', command: 'pwd > made.txt', cwd: session.worktree },
    choices: [{ meaning: 'allow-once' }, { meaning: 'allow-always' }, { meaning: 'deny' }],
  });
  await at.shows(session.id, /The file is made\./);
  expect(readFileSync(join(session.worktree ?? '', 'made.txt'), 'utf8')).toBe(`${session.worktree}\n`);
  const [first, last] = [at.model.requests.at(0), at.model.requests.at(-1)];
  expectTold(at, session);
  expect(first?.messages).toContainEqual({ role: 'person', text: firstPrompt });
  expect(last?.messages.map(({ role }) => role)).toContain('tool');
});

it('told what it did by its hooks, and with the first which conversation it has: its transcript bears that out', async () => {
  const kinds = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PermissionRequest', 'PostToolUse', 'Stop'];
  expect(await at.tells(session.id, ...kinds)).toEqual(expect.arrayContaining(kinds));
  const { conversation } = at.record(session.id);
  const rollout = at.files('.codex/sessions').find((file) => file.endsWith(`-${conversation}.jsonl`));
  const [head = ''] = readFileSync(rollout ?? '', 'utf8').split('\n');
  expect(JSON.parse(head)).toMatchObject({ payload: { id: conversation, cwd: session.worktree } });
});

it('leaves no process when the session is stopped', async () => {
  await stopWhole(at, session);
});

it('goes on with its own conversation when it is restored, though another one is newer, and deletes that one alone', async () => {
  const other = await at.spawn('codex', '--permissionless', '--prompt', newer);
  await at.shows(other.id, /I have nothing to say/);
  await expectOwnConversation(at, session, newer);
  await at.athene('session', 'kill', other.id);
  const rollouts = () => at.files('.codex/sessions').filter((file) => file.endsWith('.jsonl'));
  const { conversation } = at.record(other.id);
  expect(rollouts().filter((file) => file.endsWith(`-${conversation}.jsonl`))).toHaveLength(1);
  const before = rollouts().length;
  const purged = await at.athene('session', 'kill', other.id, '--purge-session');
  expect(purged).toContain(`Its conversation ${conversation} is deleted.`);
  expect(rollouts().filter((file) => file.endsWith(`-${conversation}.jsonl`))).toEqual([]);
  expect([rollouts().length, at.record(other.id).conversation]).toEqual([before - 1, null]);
});
