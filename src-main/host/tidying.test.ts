import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventFilterSchema, eventRetention } from '#shared/domain/event.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { listEvents, recordEvent } from '../storage/events.ts';
import { ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { openHome } from '../storage/paths.ts';
import type { Store } from '../storage/store.ts';
import { createTidying } from './tidying.ts';

const day = 24 * 3_600_000;
const scratch = new ScratchHome();
let store: Store;
let now = 100 * day;
let tidy: () => Promise<void>;
let rescues: { prune: () => Promise<Result<{ pruned: never[]; kept: number }, never>> };

beforeEach(async () => {
  const home = openHome({ ATHENE_HOME: scratch.path });
  if (!home.ok) throw new Error(home.problem.what);
  store = await scratch.openFully({ now: () => now });
  const dependencies = { ...{ store, paths: home.value, now: () => now }, log: () => undefined };
  rescues = { prune: async () => ok({ pruned: [], kept: 0 }) };
  const tidied = { rescues, tidySpool: async () => undefined };
  tidy = createTidying(dependencies as unknown as SessionDependencies, tidied, () => now).tidyIfDue;
});
afterEach(() => scratch.remove());

const tell = (texts: readonly string[]): Promise<void> =>
  store.write('test', (tx) => {
    for (const text of texts) {
      recordEvent(tx, { kind: 'session.working', session: 'app-1', project: 'app', source: 'athene', text });
    }
  });
const texts = (): readonly string[] =>
  store.read((tx) => listEvents(tx, eventFilterSchema.parse({}), { limit: 5000 })).map(({ text }) => text);

it('forgets events by their age once the clock has gone on steadily, and not after a jump', async () => {
  await tell(['old']);
  await tidy();
  now += (eventRetention.days + 1) * day; // A jump: nobody has looked for a month.
  await tell(['new']);
  await tidy();
  expect(texts()).toEqual(['new', 'old']);
  for (let passed = 0; passed <= 7; passed += 1) {
    now += day;
    await tidy();
  }
  expect(texts()).toEqual(['new']);
});

it('tries again soon when it could not, and then not before the next day', async () => {
  let tried = 0;
  rescues.prune = async () => {
    tried += 1;
    throw new Error('git hangs');
  };
  for (let passed = 0; passed <= 8; passed += 1) {
    now += day;
    await tidy().catch(() => undefined);
  }
  const before = tried;
  await tidy();
  expect(tried).toBe(before);
  now += 20 * 60_000;
  await expect(tidy()).rejects.toThrow('git hangs');
  rescues.prune = async () => {
    tried += 1;
    return ok({ pruned: [], kept: 0 });
  };
  now += 20 * 60_000;
  await tidy();
  now += 20 * 60_000;
  await tidy();
  expect(tried).toBe(before + 2);
});

it('keeps of each session the newest, whatever the clock says', async () => {
  await tell(Array.from({ length: eventRetention.perSession + 150 }, (_, index) => `event ${index}`));
  await tidy();
  expect([texts().length, texts().at(-1)]).toEqual([eventRetention.perSession, 'event 150']);
});
