// Claude Code itself, spawned by Athene, with a scripted model: a turn, its traces, an end, and on with the same conversation.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld, until } from './agent-world.ts';

let at: AgentWorld;
let session: SessionView;

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
  session = await at.spawn('claude-code', '--prompt=-make "the file"; `now`');
  await at.asks(session.id, /trust/);
  expect(at.model.requests).toEqual([]);
  // The choice that leaves stands first.
  await at.choose(session.id, /trust/, /Yes, I trust this folder/);
});

it('asks before it runs a command, does the turn in its worktree, and ends it', async () => {
  await at.asks(session.id, /Do you want to proceed/);
  expect(existsSync(inWorktree('made.txt'))).toBe(false);
  expect(at.model.requests.at(0)?.messages).toContainEqual({ role: 'person', text: '-make "the file"; `now`' });
  await at.choose(session.id, /Do you want to proceed/, /1\. Yes/);
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
  expect(at.processesOf(session.id).length).toBeGreaterThan(0);
  await at.athene('session', 'kill', session.id);
  expect(at.processesOf(session.id)).toEqual([]);
});

it('goes on with its own conversation when it is restored, though another one is newer', async () => {
  const { conversation } = at.record(session.id);
  const other = await at.spawn('claude-code', '--prompt', 'something else');
  await at.shows(other.id, /I have nothing to say/);
  at.model.say({ kind: 'text', text: 'It was a file.' });
  expect(await at.athene('session', 'restore', session.id)).toContain('goes on with its conversation');
  await at.shows(session.id, /The file is made\./);
  await at.athene('send', session.id, 'What was it?');
  await at.shows(session.id, /It was a file\./);
  const texts = at.model.requests.at(-1)?.messages.map(({ text }) => text) ?? [];
  expect(texts).toEqual(expect.arrayContaining(['-make "the file"; `now`', 'The file is made.', 'What was it?']));
  expect(texts).not.toContain('something else');
  expect(at.record(session.id).conversation).toBe(conversation);
});
