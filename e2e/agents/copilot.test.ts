// Copilot CLI, spawned by Athene with a model of the person's own: trust, a turn under its asking mode, what its hooks told of it, an end, and on again.
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
const trust = (id: string) => at.answer(id, /Do you trust the files/, /^Yes$/);

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

it('asks for trust of its folder, and before it runs a command, and does the turn', async () => {
  const input = { command: 'echo made > made.txt', description: 'Make a file' };
  at.model.say({ kind: 'tool', name: 'bash', input }, { kind: 'text', text: 'The file is made.' });
  session = await at.spawn('copilot', `--prompt=${firstPrompt}`);
  expect(await trust(session.id)).toMatchObject({ kind: 'trust' });
  await at.asks(session.id, /Do you want to run this command/);
  await at.tells(session.id, 'Notification');
  expect([made(), at.model.requests.at(-1)?.messages.at(-1)?.text]).toEqual([
    false,
    expect.stringContaining(firstPrompt),
  ]);
  const asked = await at.answer(session.id, /run this command|Run command/, /^Yes$/);
  expect(asked).toMatchObject({ kind: 'permission', command: input.command, cwd: session.worktree });
  await at.shows(session.id, /● The file is made\./);
  expect(made()).toBe(true);
  await at.tells(session.id, 'SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop');
});

it('leaves no process when the session is stopped', async () => {
  await stopWhole(at, session);
});

it('goes on with its own conversation when it is restored, though another one is newer', async () => {
  const other = await at.spawn('copilot', '--permissionless', '--prompt', newer);
  await trust(other.id);
  await at.tells(other.id, 'Stop');
  await at.athene('session', 'kill', other.id);
  const { conversation } = at.record(session.id);
  at.model.say({ kind: 'text', text: 'It was a file.' });
  expect(await at.athene('session', 'restore', session.id)).toContain('goes on with its conversation');
  await trust(session.id);
  await expectFirstTurnKnown(at, session.id, newer);
  expect(at.record(session.id).conversation).toBe(conversation);
  await stopWhole(at, session);
});
