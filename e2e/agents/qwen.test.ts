// Qwen Code, spawned by Athene: a turn under its asking mode, what its hooks told of it, an end without a process left, and on with the same conversation.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld } from './agent-world.ts';
import { expectFirstTurnKnown } from './fixtures/goes-on.ts';
import { firstPrompt, stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;
let session: SessionView;
const newer = 'something else';
const made = (): boolean => existsSync(join(session.worktree ?? '', 'made.txt'));

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

it('asks before it runs a command, and does the turn', async () => {
  const input = { command: 'echo made > made.txt', description: 'Make a file', is_background: false };
  at.model.say({ kind: 'tool', name: 'run_shell_command', input }, { kind: 'text', text: 'The file is made.' });
  session = await at.spawn('qwen', `--prompt=${firstPrompt}`);
  await at.asks(session.id, /Allow execution of/);
  expect([made(), at.model.requests.at(-1)?.messages.at(-1)?.text]).toEqual([
    false,
    expect.stringContaining(firstPrompt),
  ]);
  await at.tells(session.id, 'PermissionRequest');
  const asked = await at.answer(session.id, /Allow execution of|run_shell_command/, /allow once/);
  expect(asked).toMatchObject({ kind: 'permission', source: 'both', command: input.command, cwd: session.worktree });
  await at.shows(session.id, /The file is made\./);
  expect(made()).toBe(true);
  await at.tells(session.id, 'SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop');
});

it('leaves no process when the session is stopped', async () => {
  await stopWhole(at, session);
});

it('goes on with its own conversation when it is restored, though another one is newer', async () => {
  const other = await at.spawn('qwen', '--permissionless', '--prompt', newer);
  await at.tells(other.id, 'Stop');
  await at.athene('session', 'kill', other.id);
  at.model.say({ kind: 'text', text: 'It was a file.' });
  expect(await at.athene('session', 'restore', session.id)).toContain('goes on with its conversation');
  await expectFirstTurnKnown(at, session.id, newer);
  await stopWhole(at, session);
});
