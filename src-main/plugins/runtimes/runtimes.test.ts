import { expect, it } from 'vitest';
import { fail, ok } from '#shared/lib/result.ts';
import type { TerminalProbe } from '#shared/domain/terminal-status.ts';
import type { Runtime, Survey } from './runtime.ts';
import { joinRuntimes } from './runtimes.ts';
import type { TmuxRuntime } from './tmux/tmux-runtime.ts';

const problem = { code: 'runtime-unreachable' as const, what: 'tmux hangs' };
const gone: TerminalProbe = { kind: 'ended', exit: null };
const asked = [
  { terminal: 'a', runtime: 'pty' },
  { terminal: 'b', runtime: 'tmux' },
  { terminal: 'c', runtime: 'tmux' },
];

function joined(seen: Partial<Survey>, sessions: Awaited<ReturnType<TmuxRuntime['sessions']>>) {
  const calls: string[] = [];
  const survey = {
    statuses: [],
    unreachable: null,
    probes: new Map(asked.map((each) => [each.terminal, gone])),
    ...seen,
  };
  const pty = { name: 'pty', survey: async () => (calls.push('pty'), survey) } as unknown as Runtime;
  const tmux = {
    sessions: async () => (calls.push('tmux'), sessions),
    revive: async () => ok(false),
  } as unknown as TmuxRuntime;
  return { calls, runtime: joinRuntimes({ pty, tmux, nameOf: () => 'pty' }) };
}

it('asks each runtime once, and joins what they say', async () => {
  const { runtime, calls } = joined({}, ok([{ terminal: 'b', name: 'x', pid: 9 }]));
  const { probes } = await runtime.survey(asked);
  expect([...probes]).toEqual([
    ['a', gone],
    ['b', { kind: 'alive', pid: 9 }],
    ['c', gone],
  ]);
  expect(calls).toEqual(['pty', 'tmux']);
});

it('a tmux that hangs leaves only its own unknown', async () => {
  const unknown = { kind: 'unknown', why: 'tmux hangs' };
  const { probes, unreachable } = await joined({}, fail(problem)).runtime.survey(asked);
  expect([...probes.values(), unreachable]).toEqual([gone, unknown, unknown, null]);
});

it('a pty host that hangs leaves what lives in tmux known', async () => {
  const why = 'it hangs';
  const unknown: TerminalProbe = { kind: 'unknown', why };
  const probes = new Map(asked.map(({ terminal }) => [terminal, unknown]));
  const { runtime } = joined({ probes, unreachable: why }, ok([{ terminal: 'b', name: 'x', pid: 9 }]));
  const survey = await runtime.survey(asked);
  expect([...survey.probes.values(), survey.unreachable]).toEqual([unknown, { kind: 'alive', pid: 9 }, unknown, why]);
});
