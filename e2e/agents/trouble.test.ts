// Real agents that get nowhere: ended before any turn, a model that can't be reached, one that refuses or stands still.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentWorld, createAgentWorld, until } from './agent-world.ts';
import { stopWhole } from './fixtures/turns.ts';

let at: AgentWorld;

beforeAll(async () => {
  at = await createAgentWorld();
});
afterAll(() => at.close());

/** Its text stands in the agent's line for input then. */
async function sendAndDie(id: string, text: string): Promise<void> {
  const { command, env, repository } = at.world;
  const died = spawnSync(command, ['send', id, text], {
    ...{ cwd: repository, encoding: 'utf8' },
    env: { ...env, ATHENE_FAULT: 'kill:pty-host-input#2' },
  });
  expect([died.status, died.signal]).not.toEqual([0, null]);
  await at.shows(id, new RegExp(text));
}

it('Claude Code that was stopped before any turn starts anew, and says so', async () => {
  const { id } = await at.spawn('claude-code', '--prompt', 'hello');
  await at.asks(id, /trust/);
  await at.athene('session', 'kill', id);
  expect(at.processesOf(id)).toEqual([]);
  expect(await at.athene('session', 'restore', id)).toContain('started anew');
  await at.asks(id, /trust/);
  expect(at.model.requests).toEqual([]);
  await at.athene('session', 'kill', id);
});

describe('in a project whose worktrees are trusted', () => {
  beforeAll(async () => {
    await at.athene('project', 'trust', 'demo', 'on');
  });

  it('no agent asks whether it may trust the folder', async () => {
    at.model.say({ kind: 'text', text: 'No question asked.' }, { kind: 'text', text: 'None here either.' });
    const claude = await at.spawn('claude-code', '--prompt', 'hello');
    await at.shows(claude.id, /No question asked\./);
    const codex = await at.spawn('codex', '--prompt', 'hello');
    await at.shows(codex.id, /None here either\./);
    for (const { id } of [claude, codex]) await at.athene('session', 'kill', id);
  });

  it('an agent whose model refuses shows why, and goes on when it is asked again', async () => {
    at.model.say({ kind: 'error', status: 400, message: 'Overloaded' }, { kind: 'text', text: 'Now it works.' });
    const { id } = await at.spawn('codex', '--prompt', 'hello');
    await at.shows(id, /Overloaded/);
    await at.athene('send', id, 'Once more, please');
    await at.shows(id, /Now it works\./);
    await at.athene('session', 'kill', id);
  });

  it.each(['claude-code', 'codex'])(
    '%s gets a message whose sender was killed before Enter, and the next one, as two',
    async (agent) => {
      at.model.say(
        ...['Ready.', 'The first came.', 'The second came.'].map((text) => ({ kind: 'text' as const, text })),
      );
      const { id } = await at.spawn(agent, '--prompt', 'hello');
      await at.shows(id, /Ready\./);
      await sendAndDie(id, 'Left without Enter');
      await at.athene('send', id, 'Comes after it');
      await at.shows(id, /The second came\./);
      const asked = at.model.requests.at(-1)?.messages.filter(({ role }) => role === 'person') ?? [];
      expect(asked.slice(-2).map(({ text }) => text)).toEqual(['Left without Enter', 'Comes after it']);
      await at.athene('session', 'kill', id);
    },
  );

  it('an agent that is stopped in the middle of an answer leaves no process and keeps its first turn', async () => {
    const gate = Promise.withResolvers<null>();
    at.model.say({ kind: 'slow', text: 'First,', rest: ' then.', until: gate.promise });
    const { id } = await at.spawn('claude-code', '--prompt', 'tell me slowly');
    await at.shows(id, /tell me slowly/);
    await until(
      () => at.model.requests.at(-1)?.messages,
      (asked) => JSON.stringify(asked).includes('slowly'),
      'the request',
    );
    await at.athene('session', 'kill', id);
    expect(at.processesOf(id)).toEqual([]);
    gate.resolve(null);
    expect(await at.athene('session', 'restore', id)).toContain('goes on with its conversation');
    await at.shows(id, /tell me slowly/);
    await at.athene('session', 'kill', id);
  });

  it('agents whose model can’t be reached say so on their screen and stay for a person', async () => {
    await at.model.close();
    const [claude, codex] = [
      await at.spawn('claude-code', '--prompt', 'hello'),
      await at.spawn('codex', '--prompt', 'hello'),
    ];
    await at.shows(claude.id, /[Uu]nable to connect|ECONNREFUSED|Connection (?:error|refused)|retrying/);
    await at.shows(codex.id, /■|error sending request|stream disconnected|Connection/i);
    for (const each of [claude, codex]) await stopWhole(at, each);
  });
});
