// What is known of a session when the machine slept, or its clock was set.
import { afterAll, beforeEach, expect, it } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import type { Fact } from '#shared/domain/fact.ts';
import { initialLifecycle, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import type { Store } from '../storage/store.ts';
import { watchAwake } from './awake-watch.ts';
import { createKnownFacts, type KnownFacts } from './known-facts.ts';

const home = new ScratchHome();
const [start, hour] = [1_000_000_000_000, 3_600_000];
let store: Store;
let known: KnownFacts;
let told: readonly Fact[];
let now: number;
const record = sampleRecord('app-1', { lifecycle: withRuntimeStarted(initialLifecycle(start), start) });

beforeEach(async () => {
  store ??= await home.openFully();
  [now, told] = [start + 1000, []];
  known = createKnownFacts({
    ...{ hooks: () => told, watch: { facts: () => null }, transcripts: { facts: () => [] } },
    ...{ awake: watchAwake(() => now), now: () => now },
  });
});
afterAll(() => home.remove());

const hook = (at: number, kind: 'works' | 'rests'): Fact => ({
  ...{ source: 'hook', at, by: 'codex' },
  claim: kind === 'works' ? { kind, on: null } : { kind },
});
const state = () => store.read((tx) => decide(record.lifecycle, known(tx, record), now)?.state);
/** As the supervisor looks. */
function passes(ms: number): void {
  for (const end = now + ms; now < end; state()) now += 2000;
}

it('who worked before a sleep of eight hours is not called stuck when the machine wakes, and is when it stays silent', () => {
  told = [hook(now, 'works')];
  state();
  now += 8 * hour;
  expect(state()).toBe('working');
  passes(590_000);
  expect(state()).toBe('working');
  passes(20_000);
  expect(state()).toBe('stuck');
});

it('silence counts on where nobody slept', () => {
  told = [hook(now, 'works')];
  state();
  passes(605_000);
  expect(state()).toBe('stuck');
});

it('a clock that was ten years ahead for a while makes no state of now wrong', () => {
  told = [hook(now, 'works')];
  state();
  now += 87_600 * hour;
  told = [...told, hook(now, 'rests')];
  now += 3000;
  expect(state()).toBe('idle');
  now -= 87_600 * hour;
  expect(state()).toBe('idle');
  told = [...told, hook(now, 'works')];
  expect(state()).toBe('working');
  passes(605_000);
  expect(state()).toBe('stuck');
});
