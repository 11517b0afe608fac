// Cline, spawned by Athene: a turn under its asking mode, no background server and no process left, and on with the conversation that was found.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld } from './agent-world.ts';
import { expectFirstTurnKnown } from './fixtures/goes-on.ts';
import { firstPrompt, stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;
let session: SessionView;
const made = (): boolean => existsSync(join(session.worktree ?? '', 'made.txt'));

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

it('asks before it runs a command, and does the turn', async () => {
  const input = { commands: ['echo made > made.txt'] };
  at.model.say({ kind: 'tool', name: 'run_commands', input }, { kind: 'text', text: 'The file is made.' });
  session = await at.spawn('cline', `--prompt=${firstPrompt}`);
  const asked = await at.question(session.id, /Approve tool call\?/);
  expect(asked).toMatchObject({
    kind: 'permission',
    source: 'screen',
    tool: 'run_commands',
    command: input.commands[0],
  });
  expect(asked.choices.map(({ label, meaning }) => [label, meaning])).toEqual([
    ['Approve', 'allow-once'],
    ['Deny', 'deny'],
  ]);
  expect([made(), at.model.requests.at(-1)?.messages.at(-1)?.text]).toEqual([
    false,
    expect.stringContaining(firstPrompt),
  ]);
  await at.answer(session.id, /Approve tool call\?/, /^Approve$/);
  await at.shows(session.id, /\* The file is made\./);
  expect(made()).toBe(true);
});

it('leaves no process when the session is stopped, and had no background server', async () => {
  expect(at.processesOf(session.id).filter((command) => command.includes('--cline-hub-daemon'))).toEqual([]);
  await stopWhole(at, session);
});

it('goes on with the conversation that was held in its worktree', async () => {
  await at.athene('session', 'remap', '--force', session.id);
  expect(at.record(session.id).conversation).toMatch(/^\d+_\w+$/);
  at.model.say({ kind: 'text', text: 'It was a file.' });
  expect(await at.athene('session', 'restore', session.id)).toContain('goes on with its conversation');
  await expectFirstTurnKnown(at, session.id, null);
  await stopWhole(at, session);
});
