// opencode itself, spawned by Athene, with a scripted model: a turn, what its plugin told of it, an end, and on with the same conversation.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld } from './agent-world.ts';
import { expectOwnConversation, expectTold, firstPrompt, stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;
let session: SessionView;
let other: string;
const newer = 'something else';
const made = (): boolean => existsSync(join(session.worktree ?? '', 'made.txt'));

beforeAll(async () => {
  at = await createAgentWorld();
  const plugins = join(at.person, '.config', 'opencode', 'plugins');
  mkdirSync(plugins, { recursive: true });
  writeFileSync(join(plugins, 'own.js'), ownPlugin);
});
afterAll(() => at.close());

/** The person's: that it still runs beside Athene's is seen by what it writes. */
const ownPlugin = `import { appendFileSync } from 'node:fs';
export const Own = async () => ({
  event: async ({ event }) => {
    if (event.type === 'session.idle') appendFileSync(process.env.HOME + '/own-plugin.txt', 'idle\\n');
  },
});
`;

it('asks before it runs a command, and does the turn', async () => {
  const input = { command: 'echo made > made.txt', description: 'Make a file' };
  at.model.say({ kind: 'tool', name: 'bash', input }, { kind: 'text', text: 'The file is made.' });
  session = await at.spawn('opencode', `--prompt=${firstPrompt}`);
  await at.asks(session.id, /Permission required/);
  expect([made(), at.model.requests.at(-1)?.messages.at(-1)?.text]).toEqual([false, firstPrompt]);
  expectTold(at, session);
  await at.tells(session.id, 'SessionStart', 'UserPromptSubmit', 'PermissionRequest');
  const asked = await at.answer(session.id, /Permission required/, /Allow once/);
  expect(asked).toMatchObject({ kind: 'permission', source: 'both', command: input.command, cwd: session.worktree });
  await at.shows(session.id, /The file is made\./);
  expect(made()).toBe(true);
});

it('told what it did, and which conversation it has, beside the person’s own plugins', async () => {
  const kinds = ['SessionStart', 'UserPromptSubmit', 'PermissionRequest', 'PermissionReply', 'Stop'];
  expect(await at.tells(session.id, ...kinds)).toEqual(kinds);
  expect(at.record(session.id).conversation).toMatch(/^ses_[A-Za-z0-9]+$/);
  expect(readFileSync(join(at.person, 'own-plugin.txt'), 'utf8')).toBe('idle\n');
});

it('leaves no process when the session is stopped', async () => {
  await stopWhole(at, session);
});

it('goes on with its own conversation when it is restored, though another one is newer', async () => {
  ({ id: other } = await at.spawn('opencode', '--permissionless', '--prompt', newer));
  await at.tells(other, 'Stop');
  expect(at.record(other).conversation).toMatch(/^ses_/);
  await at.athene('session', 'kill', other);
  await expectOwnConversation(at, session, newer);
});

it('deletes the conversation of the one that is stopped for good, and no other', async () => {
  const { conversation } = at.record(other);
  const purged = await at.athene('session', 'kill', other, '--purge-session');
  expect(purged).toContain(`Its conversation ${conversation} is deleted.`);
  expect(at.record(other).conversation).toBeNull();
  const again = await at.world.athene('session', 'remap', other);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('knows no conversation')]);
  const mine = await at.athene('session', 'remap', '--force', session.id);
  expect(mine).toContain(at.record(session.id).conversation);
});

it('a model that refuses is told as an error', async () => {
  at.model.say({ kind: 'error', status: 400, message: 'Not like this' });
  await at.athene('send', session.id, 'Once more');
  await at.tells(session.id, 'Error');
  await stopWhole(at, session);
});
