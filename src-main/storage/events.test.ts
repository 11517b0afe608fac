// The timeline on a real database.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { eventFilterSchema, type EventFilter, type EventView, type NewEvent } from '#shared/domain/event.ts';
import { changesSince } from './changes.ts';
import { deleteEvents, lastEvent, listEvents, listEventsAfter, recordEvent, superfluousEvents } from './events.ts';
import { ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import { claimDelivery, enqueue, markDelivered, markFailed } from './outbox.ts';
import { closeQuestion, insertQuestion } from './questions.ts';
import { deleteSession, getSession, insertSession, updateSession } from './sessions.ts';
import { connect } from './sqlite.ts';
import type { Store, Transaction } from './store.ts';

let home: ScratchHome;
let store: Store;
let now: number;
beforeEach(async () => {
  home = new ScratchHome();
  now = 1000;
  store = await home.openFully({ now: () => now });
});
afterEach(() => home.remove());

const write = <T>(fn: (tx: Transaction) => T): Promise<T> => store.write('test', fn);
const told = (change: Partial<NewEvent> = {}): NewEvent => ({
  ...{ kind: 'session.working', session: 'app-1', project: 'app', source: 'athene', text: 'It works.' },
  ...change,
});
const record = (...events: readonly Partial<NewEvent>[]): Promise<void> =>
  write((tx) => {
    for (const event of events) recordEvent(tx, told(event));
  });
const list = (filter: Partial<EventFilter> = {}, limit = 100): readonly EventView[] =>
  store.read((tx) => listEvents(tx, eventFilterSchema.parse(filter), { limit }));
const texts = (filter: Partial<EventFilter> = {}): readonly string[] => list(filter).map(({ text }) => text);

describe('an event', () => {
  it('is stored with its priority, and read as it was', async () => {
    await record({ kind: 'session.needs_input', text: 'It waits.', data: { question: 'Delete it?' } });
    expect(list()).toEqual([
      {
        ...{ id: 1, at: 1000, session: 'app-1', project: 'app', source: 'athene', kind: 'session.needs_input' },
        ...{ priority: 'urgent', text: 'It waits.', data: { question: 'Delete it?' } },
      },
    ]);
    expect(store.read((tx) => changesSince(tx, 0, ['event']))).toMatchObject([{ kind: 'event', key: 'app-1' }]);
  });

  it('is one line of limited length, whatever it was made of', async () => {
    await record({ text: `two\nlines\u202e and ${'🦉'.repeat(500)}`, data: { long: 'x'.repeat(9000), short: 'y' } });
    const [event] = list();
    expect(event?.text.startsWith('two lines and 🦉')).toBe(true);
    expect(event?.text.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(event?.data).length).toBeLessThan(4200);
  });

  it('is not there when its transaction is not', async () => {
    const failing = write((tx) => {
      recordEvent(tx, told());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([list(), store.read((tx) => lastEvent(tx))]).toEqual([[], 0]);
  });

  it('holds no secret, neither in its line nor in its data nor in the index', async () => {
    const secrets = ['ghp_canary0123456789canary0123', 'hunter2-canary', 'canaryBearer.abcdef123', 'athene-canary-pw'];
    const [token, password, bearer, user] = secrets;
    await record(
      { kind: 'prompt.sent', text: `Prompt typed: use ${token}\nand password=${password}` },
      { kind: 'branch.changed', text: `pushed to https://me:${user}@git.example.org/a.git` },
      {
        data: {
          header: `Authorization: Bearer ${bearer}`,
          env: { A: password },
          apiKey: user,
          nested: { deep: [token] },
        },
      },
    );
    await store.close();
    const connection = connect(home.database, 'read-write');
    connection.exec(`VACUUM INTO '${home.database}.copy'`);
    connection.close();
    const bytes = readFileSync(`${home.database}.copy`, 'latin1');
    expect(bytes).toContain('pushed to https://');
    expect(bytes.toLowerCase()).not.toContain('canary');
  });
});

describe('listing', () => {
  beforeEach(async () => {
    await record(
      { text: 'one', kind: 'session.spawned' },
      { text: 'two', session: 'app-2', kind: 'session.errored', source: 'process' },
      { text: 'three', session: 'web-1', project: 'web', kind: 'message.sent', source: 'person' },
      { text: 'four', session: null, project: null, kind: 'recovery.orphan_ended' },
    );
  });

  it.each([
    [{}, ['four', 'three', 'two', 'one']],
    [{ session: 'app-2' }, ['two']],
    [{ project: 'app' }, ['two', 'one']],
    [{ kinds: ['session.'] }, ['two', 'one']],
    [{ kinds: ['session.spawned', 'message.'] }, ['three', 'one']],
    [{ kinds: ['session'] }, null],
    [{ sources: ['person', 'process'] }, ['three', 'two']],
    [{ priorities: ['urgent', 'warning'] }, ['four', 'two']],
    [{ project: 'app', kinds: ['session.'], search: 'one' }, ['one']],
    [{ session: 'app-3' }, []],
  ] satisfies readonly (readonly [Partial<EventFilter>, readonly string[] | null])[])(
    'finds by %o',
    (filter, expected) => {
      if (expected === null) expect(() => texts(filter)).toThrow('not a kind of event');
      else expect(texts(filter)).toEqual(expected);
    },
  );

  it('gives every event once, page after page, in the order of time, also those of one moment', async () => {
    await record(...Array.from({ length: 30 }, (_, index) => ({ text: `more ${index}`, at: 900 + (index % 3) })));
    const seen: EventView[] = [];
    for (let page = list({}, 7); page.length > 0;) {
      seen.push(...page);
      const before = seen.at(-1) ?? null;
      page = store.read((tx) => listEvents(tx, eventFilterSchema.parse({}), { limit: 7, before }));
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(34);
    expect(seen).toEqual(seen.toSorted((a, b) => b.at - a.at || b.id - a.id));
  });

  it('begins at a time, and goes on in the order of writing after one', async () => {
    now = 2000;
    await record({ text: 'late', at: 500 }, { text: 'later' });
    expect(texts({ since: 1500 })).toEqual(['later']);
    const after = store.read((tx) => listEventsAfter(tx, eventFilterSchema.parse({}), { limit: 10, after: 4 }));
    expect(after.map(({ text }) => text)).toEqual(['late', 'later']);
  });
});

describe('search', () => {
  beforeEach(() =>
    record(
      { text: 'Fixes the Größe of the login-form', session: 'app-7' },
      { text: 'Something else', data: { branch: 'feat/login', files: ['src/a.ts'] } },
      { text: 'NOT AND OR NEAR (quoted) "words" *' },
    ),
  );

  it('takes words, and nothing else', () => {
    const expected: readonly (readonly [string, number])[] = [
      ['login', 2],
      ['LOG form', 1],
      ['grosse', 0],
      ['große', 1],
      ['größe', 1],
      ['grösse', 0],
      ['grö', 1],
      ['app-7', 1],
      ['src/a.ts', 1],
      ['branch', 0],
      ['not and or', 1],
      ['"', 0],
      ['"words" *', 1],
      ['a" OR "b', 0],
      ['text:fixes', 0],
      ['^fixes', 1],
      ['NEAR(a b, 2)', 0],
      ['-login', 2],
      ['{text data}: fixes', 0],
      ["'; DROP TABLE events; --", 0],
      ['\u0000login\u202e', 2],
      ['🦉', 0],
      ['x'.repeat(400), 0],
      [Array.from({ length: 100 }, () => '""').join(' '), 0],
      ['   ', 3],
      ['', 3],
    ];
    expect(expected.map(([search]) => [search, list({ search }).length])).toEqual(expected);
  });

  it('forgets what was deleted, and the index is whole', async () => {
    await write((tx) => deleteEvents(tx, [1, 3]));
    expect([texts({ search: 'login' }), texts({ search: 'not' })]).toEqual([['Something else'], []]);
    await store.close();
    const connection = connect(home.database, 'read-write');
    connection.exec("INSERT INTO event_words (event_words) VALUES ('integrity-check')");
    expect(connection.prepare('SELECT rowid FROM event_words').all()).toEqual([{ rowid: 2 }]);
    connection.close();
  });
});

describe('retention', () => {
  const kept = { days: 30, perSession: 3, total: 5 };
  const forget = (byAge: boolean): Promise<void> => write((tx) => deleteEvents(tx, superfluousEvents(tx, byAge, kept)));

  it('keeps the newest of each session and of all', async () => {
    await record(...'abcde'.split('').map((text) => ({ text, session: 'app-1' })));
    await forget(false);
    expect(texts()).toEqual(['e', 'd', 'c']);
    await record({ text: 'f', session: 'app-2' }, { text: 'g', session: null }, { text: 'h', session: 'app-3' });
    await forget(false);
    expect(texts()).toEqual(['h', 'g', 'f', 'e', 'd']);
  });

  it('forgets by age only where the clock is believed', async () => {
    await record({ text: 'old' });
    now = 1000 + 31 * 24 * 3_600_000;
    await record({ text: 'new' });
    await forget(false);
    expect(texts()).toEqual(['new', 'old']);
    await forget(true);
    expect(texts()).toEqual(['new']);
  });
});

/** `ATHENE_ALL_FAULTS=1` has a hundred thousand. */
const many = process.env['ATHENE_ALL_FAULTS'] === '1' ? 100_000 : 10_000;

it(`lists a page of ${many} rows by one index, without sorting`, { timeout: 120_000 }, async () => {
  await write((tx) =>
    tx.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO events (at, session, project, source, kind, priority, text, data)
       SELECT i, 'app-' || (i % 50), 'p' || (i % 3), 'athene', 'session.working', 'info', 'row ' || i, '{}' FROM n`,
      many,
    ),
  );
  const before = { at: many - 100, id: many - 100 };
  const cases: readonly (readonly [Partial<EventFilter>, string])[] = [
    [{}, 'events_at'],
    [{ session: 'app-7' }, 'events_session'],
    [{ project: 'p1' }, 'events_project'],
    [{ kinds: ['session.working'] }, 'events_kind'],
    [{ priorities: ['info'] }, 'events_priority'],
    [{ session: 'app-7', since: 50 }, 'events_session'],
  ];
  for (const [filter, index] of cases) {
    const plans: string[] = [];
    const pages = store.read((tx) => {
      const explaining: typeof tx = {
        ...{ now: tx.now, get: tx.get.bind(tx) },
        all: <Row>(sql: string, ...values: (string | number | null)[]) => {
          plans.push(...tx.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail));
          return tx.all<Row>(sql, ...values);
        },
      };
      return listEvents(explaining, eventFilterSchema.parse(filter), { limit: 50, before });
    });
    expect([filter, pages.length, plans]).toEqual([filter, 50, [expect.stringContaining(index)]]);
  }
});

describe('a session', () => {
  it('tells what happens to its record, each thing once, and what it told outlives it', async () => {
    await write((tx) => insertSession(tx, sampleRecord('app-1')));
    const change = (name: string, rev: number) =>
      write((tx) => updateSession(tx, 'app-1', rev, sampleRecord('app-1', { name })));
    expect([await change('Other', 1), await change('Late', 1), await change('Other', 2)]).toEqual([true, false, true]);
    await write((tx) => deleteSession(tx, 'app-1'));
    expect(store.read((tx) => getSession(tx, 'app-1'))).toBeNull();
    expect(list({ session: 'app-1' }).map(({ kind }) => kind)).toEqual([
      'session.spawn_undone',
      'session.renamed',
      'session.spawn_started',
    ]);
  });
});

describe('what no record tells', () => {
  const kinds = (): readonly string[] =>
    list()
      .toReversed()
      .map(({ kind, source, project }) => `${kind} (${source}, ${project})`);
  beforeEach(() => write((tx) => insertSession(tx, sampleRecord('app-1'))));

  it('is what becomes of messages, and who sent them; not of prompts, of which the record tells', async () => {
    await write((tx) => {
      enqueue(tx, { id: 'prompt', session: 'app-1', kind: 'prompt', body: 'do' });
      for (const id of ['seen', 'unseen', 'failing', 'waiting']) {
        enqueue(tx, { id, session: 'app-1', kind: 'message', body: id, from: id === 'unseen' ? 'app-9' : null });
      }
      for (const outcome of [true, true, false, 'nobody was there'] as const) {
        const delivery = claimDelivery(tx, { session: 'app-1', owner: null });
        if (delivery === null) throw new Error('Nothing to deliver');
        if (typeof outcome === 'string') markFailed(tx, delivery, { why: outcome, typing: 'none' });
        else markDelivered(tx, delivery, outcome);
        // Another process comes late with the same attempt.
        expect(markDelivered(tx, delivery, true)).toBe(false);
      }
    });
    expect(kinds()).toEqual([
      'session.spawn_started (athene, app)',
      'message.sent (person, app)',
      'message.sent (agent, app)',
      'message.sent (person, app)',
      'message.sent (person, app)',
      'message.confirmed (athene, app)',
      'message.not_confirmed (athene, app)',
      'message.failed (athene, app)',
    ]);
  });

  it('is what is asked and answered', async () => {
    const found = { ...permission, command: 'deploy --token=hunter2-secret' };
    const question = {
      id: 'q',
      session: 'app-1',
      terminal: 't',
      source: 'hook',
      found,
      asked: 900,
      drawsOn: false,
    } as const;
    const how = { kind: 'answered', by: 'app-9', what: 'Yes', confirmed: true } as const;
    await write((tx) => {
      insertQuestion(tx, question);
      expect([closeQuestion(tx, question, how), closeQuestion(tx, question, { kind: 'typed' })]).toEqual([true, false]);
    });
    expect(list({ kinds: ['question.'] }).map(({ text, source, at }) => [text, source, at])).toEqual([
      ['app-9 answered: Yes', 'agent', 1000],
      ['It asks: May it deploy?', 'hook', 900],
    ]);
    expect(JSON.stringify(list())).not.toContain('hunter2');
  });
  const permission: FoundQuestion = {
    ...{ kind: 'permission', text: 'May it deploy?', tool: 'Bash', command: null, cwd: null },
    ...{ unusual: [], choices: [], takesText: false },
  };
});

/** Of each process; `ATHENE_ALL_FAULTS=1` does five hundred. */
const renames = process.env['ATHENE_ALL_FAULTS'] === '1' ? 500 : 8;

it('tells each of the changes that 8 processes make, once', { timeout: 300_000 }, async () => {
  await write((tx) => insertSession(tx, sampleRecord('app-1')));
  const who = Array.from({ length: 8 }, (_, index) => `writer ${index}`);
  const ends = await Promise.all(who.map((name) => home.contend('rename', ['app-1', name, renames]).ended));
  const names = list({ kinds: ['session.renamed'] }, 10_000).map(({ data }) => String(data['to']));
  const wanted = who.flatMap((name) => Array.from({ length: renames }, (_, index) => `${name} ${index + 1}`));
  expect([ends, names.toSorted()]).toEqual([who.map(() => 0), wanted.toSorted()]);
  // Each goes on from the one before it: none was told that did not happen.
  const chain = list({ kinds: ['session.renamed'] }, 10_000).toReversed();
  expect(chain.map(({ data }) => data['from'])).toEqual([
    'A sample',
    ...chain.slice(0, -1).map(({ data }) => data['to']),
  ]);
});
