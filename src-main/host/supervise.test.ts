import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { openHome } from '../storage/paths.ts';
import { supervise } from './supervise.ts';

const scratch = new ScratchHome();
let dependencies: SessionDependencies;
const said: string[] = [];

beforeEach(async () => {
  const home = openHome({ ATHENE_HOME: scratch.path });
  if (!home.ok) throw new Error(home.problem.what);
  const log = (event: string): void => void said.push(event);
  dependencies = {
    store: await scratch.openFully(),
    paths: home.value,
    log,
    now: Date.now,
  } as unknown as typeof dependencies;
});
afterEach(() => scratch.remove());

it('delivers and recovers while a look into the spool hangs, and after one that failed', async () => {
  const hanging = Promise.withResolvers<void>();
  const looks = [() => Promise.reject(new Error('unreadable')), () => hanging.promise];
  const look = vi.fn<() => Promise<void>>(() => (looks.shift() ?? (() => Promise.resolve()))());
  const [startAll, passIfDue] = [vi.fn<() => void>(), vi.fn<() => Promise<void>>(async () => undefined)];
  const supervision = supervise(dependencies, {
    watch: { refresh: async () => undefined, onFacts: () => () => undefined },
    deliveries: { startAll },
    questions: { look: async () => undefined },
    recovery: { passIfDue },
    watchSpool: () => ({ look, close: async () => hanging.resolve() }),
    keepNotices: () => ({ look: () => undefined, close: async () => undefined }),
    tidying: { tidyIfDue: async () => undefined },
    decisions: { look: async () => undefined },
    reactions: { look: async () => undefined },
    leaders: { look: async () => undefined },
    pullRequests: { look: async () => undefined },
    awake: { look: () => undefined },
    resumeLine: () => undefined,
  } as unknown as Parameters<typeof supervise>[1]);
  try {
    await expect.poll(() => startAll.mock.calls.length, { timeout: 30_000 }).toBeGreaterThan(2);
    expect(look.mock.calls.length).toBeGreaterThan(1);
    expect(passIfDue.mock.calls.length).toBeGreaterThan(2);
    expect(said).toEqual(['supervision.failed']);
  } finally {
    await supervision.stop();
  }
});
