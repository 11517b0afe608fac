// Whether the states of real agents are right: from their hooks alone, from their screens alone, and from all that is known.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, type Known } from '#shared/domain/decide.ts';
import { initialLifecycle, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { hostOf } from '../fixtures/host-of.ts';
import { type AgentWorld, createAgentWorld, until } from './agent-world.ts';

let at: AgentWorld;
let app: Host;

beforeAll(async () => {
  at = await createAgentWorld();
  app = await hostOf(at.world, true);
});
afterAll(async () => {
  await app.close();
  await at.close();
});

interface Seen {
  readonly shown: string;
  readonly hooks: string;
  readonly screen: string;
  readonly told: readonly unknown[];
}

/** The state as it is shown, and as it would be from one kind of source alone. */
async function seen(id: string): Promise<Seen> {
  const trace = await ask(app, 'session.explain', { id });
  const view = app.listSessions().find((session) => session.id === id);
  if (!trace.ok || view === undefined) throw new Error(`${id} is gone`);
  const facts = trace.value.flatMap((line) => ('fact' in line ? [line.fact] : []));
  const terminal = app.watch.facts(view.terminal);
  const began = trace.value.flatMap((line) => ('trace' in line ? [line.startedAt] : []))[0] ?? 0;
  const lifecycle = withRuntimeStarted(initialLifecycle(began), began);
  const by = (known: Known): string => decide(lifecycle, known, Date.now())?.state ?? 'none';
  return {
    shown: view.state,
    hooks: by({
      facts: facts.filter(({ source, claim }) => source === 'hook' && claim.kind !== 'moved'),
      terminal: null,
    }),
    screen: by({ facts: facts.filter(({ source }) => source === 'screen'), terminal }),
    told: facts.slice(-6),
  };
}

const becomes = (id: string, wanted: Partial<Seen>): Promise<Seen> =>
  until(
    () => seen(id),
    (now) => Object.entries(wanted).every(([name, word]) => now[name as keyof Seen] === word),
    JSON.stringify(wanted),
  );

const agents = [
  {
    agent: 'claude-code',
    tool: { name: 'Bash', input: { command: 'pwd > made.txt', description: 'Make a file' } },
    trust: [/trust/, /Yes, I trust this folder/],
    allow: [/Do you want to proceed/, /1\. Yes/],
  },
  {
    agent: 'codex',
    tool: {
      name: 'exec_command',
      input: { cmd: 'pwd > made.txt', sandbox_permissions: 'require_escalated', justification: 'May I make it?' },
    },
    trust: [/Trust this folder/, /Trust and continue/],
    allow: [/May I make it|run the following command/, /Yes, proceed/],
  },
] as const;

describe.each(agents)('$agent', ({ agent, tool, trust, allow }) => {
  let session: SessionView;
  let goOn: () => void;

  it('asks for trust: no hook tells, its screen does', async () => {
    const until = new Promise<void>((resolve) => (goOn = resolve));
    at.model.say({ kind: 'tool', ...tool }, { kind: 'slow', text: 'Just a', rest: ' moment.', until });
    session = await at.spawn(agent, '--prompt=make the file');
    await becomes(session.id, { shown: 'asks-permission', screen: 'needs_input' });
    await at.choose(session.id, ...trust);
  });

  it('asks for permission', async () => {
    // Claude Code draws while its dialog stands, and its screen is never settled.
    await becomes(session.id, { shown: 'asks-permission', hooks: 'needs_input', screen: 'needs_input' });
    await at.choose(session.id, ...allow);
  });

  it('was answered, and works', async () => {
    await becomes(session.id, { shown: 'working', hooks: 'working', screen: 'working' });
    goOn();
  });

  it('has ended its turn, and is idle', async () => {
    await becomes(session.id, { shown: 'idle', hooks: 'idle', screen: 'idle' });
  });

  it('works at another prompt, and rests again', async () => {
    const until = new Promise<void>((resolve) => (goOn = resolve));
    at.model.say({ kind: 'slow', text: 'Let me', rest: ' see.', until });
    await at.athene('send', session.id, '--no-wait', 'And now?');
    await becomes(session.id, { shown: 'working', hooks: 'working', screen: 'working' });
    goOn();
    await becomes(session.id, { shown: 'idle', hooks: 'idle', screen: 'idle' });
  });

  it('crashes, and is seen to', async () => {
    const terminal = await app.sessions.runtime.probe(at.record(session.id).terminal ?? '');
    if (terminal.kind !== 'alive') throw new Error('It does not run');
    process.kill(terminal.pid, 'SIGKILL');
    await until(
      () => app.listSessions().find(({ id }) => id === session.id)?.state,
      (state) => state === 'crashed',
      'crashed',
    );
  });

  it('is resumed, and waits for a prompt', async () => {
    await at.athene('session', 'restore', session.id);
    await becomes(session.id, { shown: 'idle' });
    await at.athene('session', 'kill', session.id);
    expect(at.processesOf(session.id)).toEqual([]);
  });
});

// The last: nothing is handed to agents any more.
it('an agent without hooks asks for permission, is answered and works, as its screen shows', async () => {
  await at.athene('hooks', 'remove');
  const [{ agent, tool, allow }] = agents;
  let goOn = (): void => undefined;
  const until = new Promise<void>((resolve) => (goOn = resolve));
  at.model.say({ kind: 'tool', ...tool }, { kind: 'slow', text: 'Just a', rest: ' moment.', until });
  const { id } = await at.spawn(agent, '--prompt=make the file');
  // It trusts this place by now.
  await at.asks(id, allow[0]);
  await becomes(id, { shown: 'asks-permission', hooks: 'working', screen: 'needs_input' });
  await at.choose(id, ...allow);
  await becomes(id, { shown: 'working', hooks: 'working', screen: 'working' });
  goOn();
  await at.athene('session', 'kill', id);
});
