// Gemini CLI, spawned by Athene: its first screen, a turn under its asking mode, an end without a process left.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld } from './agent-world.ts';
import { expectTold, firstPrompt, stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

const made = ({ worktree }: SessionView): boolean => existsSync(join(worktree ?? '', 'made.txt'));

describe('Gemini CLI', () => {
  it('asks whether it may trust the folder, and leaves no process when it is stopped', async () => {
    const session = await at.spawn('gemini', '--prompt', 'hello');
    await at.asks(session.id, /Do you trust the files in this folder/);
    await stopWhole(at, session);
  });

  it('asks before it runs a command in a project that is trusted, does the turn, and goes on with its conversation', async () => {
    await at.athene('project', 'trust', 'demo', 'on');
    const input = { command: 'echo made > made.txt', description: 'Make a file' };
    at.model.say({ kind: 'tool', name: 'run_shell_command', input }, { kind: 'text', text: 'The file is made.' });
    const session = await at.spawn('gemini', '--model', 'gemini-2.5-flash', `--prompt=${firstPrompt}`);
    await at.asks(session.id, /Allow execution of/);
    expect(made(session)).toBe(false);
    expectTold(at, session);
    const asked = await at.answer(session.id, /Allow execution of/, /Allow once/);
    expect(asked).toMatchObject({ kind: 'permission', source: 'both', command: input.command, cwd: session.worktree });
    await at.shows(session.id, /The file is made\./);
    expect(made(session)).toBe(true);
    const kinds = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'Notification', 'PostToolUse', 'Stop'];
    expect(await at.tells(session.id, ...kinds)).toEqual(kinds);
    const { conversation } = at.record(session.id);
    await stopWhole(at, session);
    await at.tells(session.id, 'SessionEnd');
    expect(at.record(session.id).conversation).toBe(conversation);
    expect(await at.athene('session', 'restore', session.id)).toContain('goes on with its conversation');
    await at.shows(session.id, /The file is made\./);
    await stopWhole(at, session);
  });

  it('has an extension of ours beside its own files for that, until hooks are not wanted', async () => {
    expect(await at.athene('hooks', 'status')).toMatch(/Extension for gemini: .*athene \(as it should be\)/);
    expect(at.files('.gemini/extensions')).toHaveLength(4);
    await at.athene('hooks', 'remove');
    expect(at.files('.gemini/extensions')).toEqual([]);
  });
});
