import { afterEach, expect, it } from 'vitest';
import { eventFilterSchema } from '#shared/domain/event.ts';
import type { SetUpState } from '#shared/domain/set-up.ts';
import { listEvents } from '../storage/events.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { insertSession } from '../storage/sessions.ts';
import { recordSetUp } from './record-set-up.ts';

const home = new ScratchHome();
afterEach(() => home.remove());

const state = (step: number, word: SetUpState['state']): SetUpState => ({
  ...{ state: word, step, of: 2, command: 'npm ci', code: word === 'failed' ? 1 : null },
});

it('tells each step of a set-up once, however many hosts look, and those of the next start again', async () => {
  const store = await home.openFully();
  const other = await home.openFully();
  await store.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  for (const terminal of ['first', 'second']) {
    for (const looking of [store, other, store]) {
      for (const step of [state(1, 'running'), state(2, 'failed')]) {
        await recordSetUp(looking, { session: 'app-1', terminal }, step);
      }
    }
  }
  const filter = eventFilterSchema.parse({ kinds: ['session.set_up_step', 'session.set_up_failed'] });
  const events = store.read((tx) => listEvents(tx, filter, { limit: 10 }));
  const start = ['session.set_up_failed app', 'session.set_up_step app'];
  expect(events.map(({ kind, project }) => `${kind} ${project}`)).toEqual([...start, ...start]);
});
