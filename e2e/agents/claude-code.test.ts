// Claude Code itself, spawned by Athene, with a scripted model: a turn, its traces, an end, and on with the same conversation.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld, until } from './agent-world.ts';
import { expectOwnConversation, expectTold, firstPrompt, stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;
let session: SessionView;
const newer = 'something else';

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

const inWorktree = (name: string): string => join(session.worktree ?? '', name);

it('asks whether it may trust the folder, which a person can see and answer', async () => {
  at.model.say(
    { kind: 'tool', name: 'Bash', input: { command: 'pwd > made.txt', description: 'Make a file' } },
    { kind: 'text', text: 'The file is made.' },
  );
  session = await at.spawn('claude-code', `--prompt=${firstPrompt}`);
  await at.asks(session.id, /trust/);
  expect(at.model.requests).toEqual([]);
  // The choice that leaves stands first.
  const trust = await at.answer(session.id, /trust/, /Yes, I trust this folder/);
  expect(trust).toMatchObject({ kind: 'trust', source: 'screen' });
});

it('asks before it runs a command, does the turn in its worktree, and ends it', async () => {
  await at.asks(session.id, /Do you want to proceed/);
  expect(existsSync(inWorktree('made.txt'))).toBe(false);
  expect(at.model.requests.at(0)?.messages).toContainEqual({ role: 'person', text: firstPrompt });
  expectTold(at, session);
  const asked = await at.answer(session.id, /Do you want to proceed/, /^Yes$/);
  // The command and its directory from the hook, the keys from the screen.
  expect(asked).toMatchObject({
    ...{ kind: 'permission', source: 'both', tool: 'Bash', command: 'pwd > made.txt', cwd: session.worktree },
    choices: [{ meaning: 'allow-once', keys: '1' }, {}, {}, { meaning: 'deny' }],
  });
  await at.shows(session.id, /The file is made\./);
  expect(readFileSync(inWorktree('made.txt'), 'utf8')).toBe(`${session.worktree}\n`);
  expect(at.model.requests.at(-1)?.messages.map(({ role }) => role)).toContain('tool');
});

it('told what it did by its hooks', async () => {
  const kinds = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PermissionRequest', 'PostToolUse', 'Stop'];
  expect(await at.tells(session.id, ...kinds)).toEqual(expect.arrayContaining(kinds));
});

it('writes its transcript under the conversation id that Athene assigned, in the name of its worktree', async () => {
  const { conversation } = at.record(session.id);
  const path = await until(
    () => at.files('.claude/projects').find((file) => file.endsWith(`/${conversation}.jsonl`)),
    (file) => file !== undefined,
    'a transcript',
  );
  const lines = readFileSync(path ?? '', 'utf8')
    .trim()
    .split('\n');
  const turns = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ type }) => type === 'user');
  expect(turns[0]).toMatchObject({ sessionId: conversation, cwd: session.worktree });
});

it('leaves no process when the session is stopped', async () => {
  await stopWhole(at, session);
});

it('goes on with its own conversation when it is restored, though another one is newer', async () => {
  const other = await at.spawn('claude-code', '--prompt', newer);
  await at.shows(other.id, /I have nothing to say/);
  await expectOwnConversation(at, session, newer);
});
