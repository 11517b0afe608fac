import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import { closeQuestion, findQuestion, insertQuestion, listOpenQuestions } from './questions.ts';
import { insertSession } from './sessions.ts';
import type { Store } from './store.ts';

let home: ScratchHome;
let store: Store;
beforeEach(async () => {
  home = new ScratchHome();
  store = await home.openFully();
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
