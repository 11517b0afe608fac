// Goose, spawned by Athene: a turn under its asking mode, an end without a process left, and on with the conversation that Athene named.
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
  const input = { command: 'echo made > made.txt' };
  at.model.say({ kind: 'tool', name: 'developer__shell', input }, { kind: 'text', text: 'The file is made.' });
  session = await at.spawn('goose', `--prompt=${firstPrompt}`);
  const asked = await at.question(session.id, /would like to call/);
  expect(asked).toMatchObject({ kind: 'permission', source: 'screen' });
  expect(asked.choices.map(({ meaning }) => meaning)).toEqual(['allow-once', 'allow-always', 'deny', 'deny']);
  expect(made()).toBe(false);
  // It says more around the first prompt.
  const told = at.model.requests.map(({ messages }) => messages.map(({ text }) => text).join('\n')).join('\n');
  expect([told.includes(firstPrompt), told.includes(`session \`${session.id}\`, a worker`)]).toEqual([true, true]);
  await at.answer(session.id, /would like to call/, /^Allow \(/);
  await at.shows(session.id, /The file is made\./);
  expect(made()).toBe(true);
});

it('leaves no process when the session is stopped', async () => {
  await stopWhole(at, session);
});

it('goes on with its own conversation when it is restored, though another one is newer', async () => {
  at.model.say({ kind: 'text', text: 'Another thing.' });
  const other = await at.spawn('goose', '--permissionless', '--prompt', newer);
  await at.shows(other.id, /Another thing\./);
  await at.athene('session', 'kill', other.id);
  at.model.say({ kind: 'text', text: 'It was a file.' });
  expect(await at.athene('session', 'restore', session.id)).toContain('goes on with its conversation');
  await expectFirstTurnKnown(at, session.id, newer);
  await stopWhole(at, session);
});
