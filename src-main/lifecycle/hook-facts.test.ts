import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import { prune } from '../storage/prune.ts';
import { ScratchHome, sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { deleteSpoolEventsOf, insertSpoolEvent } from '../storage/spool-events.ts';
import type { Store } from '../storage/store.ts';
import { readHookFacts } from './hook-facts.ts';

const day = 24 * 3_600_000;
let home: ScratchHome;
let store: Store;
let now: number;
beforeEach(async () => {
  home = new ScratchHome();
  now = 1000;
  store = await home.openFully({ now: () => now });
});
afterEach(() => home.remove());

const terminal = '01a20e88-792b-75c3-807a-eb0cec7acc90';
const record = sampleRecord('app-1', { agent: 'claude-code', terminal });
const agents = createAgentCatalogue({
  login: async () => ({ env: {}, shell: '/bin/sh', problem: null }),
  now: () => 0,
});
const tell = (id: string, kind: string, of = terminal) =>
  store.write('test', (tx) =>
    insertSpoolEvent(tx, {
      ...{ id, session: 'app-1', terminal: of, source: 'claude-code', kind, at: now, body: { told: {} } },
    }),
  );

it('hears of a session again after a quiet time in which all that was told has been forgotten', async () => {
  const hooks = readHookFacts(agents);
  const said = () => store.read((tx) => hooks(tx, record)).map(({ claim }) => claim.kind);
  await tell('one', 'UserPromptSubmit');
  await tell('two', 'Stop');
  expect(said()).toEqual(['works', 'rests']);
  now += 10 * day;
  await store.write('prune', prune);
  await tell('three', 'UserPromptSubmit');
  expect(said().at(-1)).toBe('works');
  await tell('four', 'Stop');
  expect(said().at(-1)).toBe('rests');
});

it('remembers the latest sessions, and reads others anew', async () => {
  const hooks = readHookFacts(agents);
  const facts = (of: typeof record) => store.read((tx) => hooks(tx, of)).length;
  await tell('one', 'Stop');
  expect(facts(record)).toBe(1);
  for (let number = 2; number <= 700; number += 1) facts({ ...record, id: `app-${number}`, terminal: `t-${number}` });
  await store.write('test', (tx) => deleteSpoolEventsOf(tx, 'app-1'));
  expect(facts(record)).toBe(0);
});
