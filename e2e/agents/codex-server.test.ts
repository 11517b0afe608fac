// The background server that all Codexes of a person share: sessions of Athene work beside it, each in processes and an environment of its own.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { type AgentWorld, createAgentWorld } from './agent-world.ts';

let at: AgentWorld;
let server: number;
let first: SessionView;
let second: SessionView;

beforeAll(async () => {
  at = await createAgentWorld();
  await at.athene('project', 'trust', 'demo', 'on');
  server = startServer();
});
afterAll(() => at.close());

/** As Codex starts it by itself when the person runs it in any terminal. */
function startServer(): number {
  const codex = join(process.env['ATHENE_AGENTS'] ?? '', 'codex');
  const env = { ...at.world.env, HOME: at.person };
  const told = execFileSync(codex, ['app-server', 'daemon', 'start'], { env, encoding: 'utf8', stdio: 'pipe' });
  return (JSON.parse(told.trim().split('\n').at(-1) ?? '') as { readonly pid: number }).pid;
}

const isRunning = (pid: number): boolean => at.world.processes().includes(pid);

async function spawn(): Promise<SessionView> {
  at.model.say(
    { kind: 'tool', name: 'exec_command', input: { cmd: 'echo "$ATHENE_SESSION" > made.txt' } },
    { kind: 'text', text: 'Written.' },
  );
  const session = await at.spawn('codex', '--permissionless', '--prompt', 'write where you are');
  await at.shows(session.id, /Written\./);
  return session;
}

it('each of two sessions runs its commands in its own environment, and tells of itself', async () => {
  first = await spawn();
  second = await spawn();
  for (const { id, worktree } of [first, second]) {
    expect(readFileSync(join(worktree ?? '', 'made.txt'), 'utf8')).toBe(`${id}\n`);
    await at.tells(id, 'SessionStart', 'Stop');
  }
});

it('one that is stopped leaves nothing, and the other works on', async () => {
  await at.athene('session', 'kill', first.id);
  expect(at.processesOf(first.id)).toEqual([]);
  at.model.say({ kind: 'text', text: 'Still here.' });
  await at.athene('send', second.id, 'Are you there?');
  await at.shows(second.id, /Still here\./);
});

it('one that goes on with its conversation keeps to itself likewise, and both leave the person’s server alone', async () => {
  expect(await at.athene('session', 'restore', first.id)).toContain('goes on with its conversation');
  await at.shows(first.id, /Written\./);
  for (const { id } of [first, second]) {
    await at.athene('session', 'kill', id);
    expect(at.processesOf(id)).toEqual([]);
  }
  expect(isRunning(server)).toBe(true);
});
