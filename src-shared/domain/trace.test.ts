import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { initialLifecycle, withKilled, withRuntimeLost, withRuntimeStarted } from './lifecycle.ts';
import { replay, traceLineSchema, traceOf } from './trace.ts';

const traces = join(import.meta.dirname, 'fixtures', 'traces');
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => traceLineSchema.parse(JSON.parse(line)));

describe('a trace', () => {
  it.each(readdirSync(traces))('%s is decided as it says', (name) => {
    const decisions = replay(linesOf(readFileSync(join(traces, name), 'utf8')));
    expect(decisions.length).toBeGreaterThan(0);
    for (const { expected, decided } of decisions) expect(decided).toMatchObject(expected ?? {});
  });

  it('that was printed is read again, and decided in the same way', () => {
    const lifecycle = withRuntimeStarted(initialLifecycle(1), 1);
    const fact = { source: 'hook', at: 5, by: 'codex', claim: { kind: 'rests' } } as const;
    const lines = traceOf({ session: 'app-1', agent: 'codex', lifecycle }, { facts: [fact], terminal: null }, 9000);
    const [last] = replay(linesOf(lines.map((line) => JSON.stringify(line)).join('\n')));
    expect([last?.decided, last?.decided?.state]).toEqual([last?.expected, 'idle']);
  });

  it('decides nothing of a session that has ended, is lost or is being made', () => {
    const started = withRuntimeStarted(initialLifecycle(1), 1);
    const facts = [{ source: 'hook', at: 5, by: 'codex', claim: { kind: 'works', on: null } }] as const;
    for (const lifecycle of [initialLifecycle(1), withKilled(started, 3), withRuntimeLost(started, 3)]) {
      expect(decide(lifecycle, { facts, terminal: null }, 10)).toBeNull();
    }
  });
});
