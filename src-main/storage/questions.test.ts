import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownIdentity } from '../lib/process-identity.ts';
import { ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import {
  answeredSince,
  closeQuestion,
  findQuestion,
  insertQuestion,
  listOpenQuestions,
  takeQuestion,
  type Closing,
} from './questions.ts';
import { insertSession } from './sessions.ts';
import type { Store } from './store.ts';

let home: ScratchHome;
let store: Store;
let at: number;
beforeEach(async () => {
  home = new ScratchHome();
  at = Date.now();
  store = await home.openFully({ now: () => at });
  await store.write('test', (tx) => {
    for (const id of ['app-1', 'app-2']) insertSession(tx, sampleRecord(id));
  });
});
afterEach(() => home.remove());

const found = {
  ...({ kind: 'text', text: 'Retry?', tool: null, command: null, cwd: null } as const),
  ...{ unusual: [], choices: [], takesText: true },
};

it('keeps the latest of a session that asks something else all the time', async () => {
  const ids = await store.write('test', (tx) =>
    Array.from({ length: 250 }, (_, index) => {
      const [id, session] = [randomUUID(), index < 10 ? 'app-2' : 'app-1'];
      insertQuestion(tx, { id, session, terminal: 't', source: 'screen', found, asked: index, drawsOn: false });
      if (index < 249) closeQuestion(tx, { id, session }, { kind: 'outdated' });
      return id;
    }),
  );
  const kept = store.read((tx) => ids.filter((id) => findQuestion(tx, id) !== null));
  expect(kept).toEqual([...ids.slice(0, 10), ...ids.slice(50)]);
  expect(store.read((tx) => listOpenQuestions(tx)).map(({ id }) => id)).toEqual(ids.slice(-1));
});

/** Each a second after the one before; `taken`, and not closed: the answer is on its way. */
async function ask(how: Closing | 'taken'): Promise<void> {
  at += 1000;
  await store.write('question', (tx) => {
    const asked = { id: randomUUID(), session: 'app-1' };
    insertQuestion(tx, { ...asked, terminal: 't', source: 'screen', found, asked: at, drawsOn: false });
    takeQuestion(tx, asked.id, { ...ownIdentity(), by: 'lead-2', at });
    if (how !== 'taken') closeQuestion(tx, asked, how);
  });
}
const answered = (since = at) => store.read((tx) => answeredSince(tx, 'app-1', since));
const by = (who: string): Closing => ({ kind: 'answered', by: who, what: 'Yes', confirmed: true });

it('tells the last answer to what a session asked, and where it was given', async () => {
  expect(answered()).toBe(null);
  await ask(by('person'));
  expect(answered()).toEqual({ where: 'athene', by: 'person' });
  await ask(by('lead-1'));
  expect(answered()).toEqual({ where: 'athene', by: 'lead-1' });
  await ask({ kind: 'typed' });
  expect(answered()).toEqual({ where: 'terminal' });
  await ask({ kind: 'withdrawn' });
  expect([answered(), answered(at - 1000)]).toEqual([null, { where: 'terminal' }]);
  await ask({ kind: 'outdated' });
  expect(answered()).toBe(null);
});

it('knows an answer that is on its way: the agent may go on before that is seen', async () => {
  await ask('taken');
  expect(answered()).toEqual({ where: 'athene', by: 'lead-2' });
});
