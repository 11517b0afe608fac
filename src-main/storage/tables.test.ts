// The tables' functions, on a real database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionRecord } from '#shared/domain/session.ts';
import { changesSince } from './changes.ts';
import { deleteClaimsOf, findClaim, insertClaim, listClaims } from './claims.ts';
import { reserveNumber } from './counters.ts';
import { claimOnce, ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import {
  deleteJournal,
  finishStep,
  listJournal,
  markFailed,
  markUndoing,
  markUndone,
  startStep,
  unfinishedJournals,
} from './journal.ts';
import { clearMark, listMarks, setMark } from './marks.ts';
import {
  claimDelivery,
  enqueue,
  deleteDelivery,
  deliverAnyway,
  findDelivery,
  listUnsettled,
  markDelivered,
  nextDelivery,
  noteWaiting,
  markFailed as markDeliveryFailed,
  pendingFor,
  releaseDelivery,
  forgetTyping,
  noteEntered,
  takeOver,
  unfinishedFor,
} from './outbox.ts';
import { prune } from './prune.ts';
import {
  attachSession,
  beginRequest,
  failRequest,
  finishRequest,
  getRequest,
  listRequests,
  takeOverRequest,
} from './requests.ts';
import type { RequestRow } from './requests.ts';
import { isSealed } from './seal.ts';
import { deleteSession, getSession, insertSession, listSessions, updateSession } from './sessions.ts';
import { connect } from './sqlite.ts';
import type { ReadTransaction, Store, Transaction } from './store.ts';
import { deleteTerminal, getTerminal, insertTerminal, listTerminals, updateTerminal } from './terminals.ts';

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
const read = <T>(fn: (tx: ReadTransaction) => T): T => store.read(fn);

/** Writes past all checks, as damage or a newer Athene would. */
function corrupt(sql: string): void {
  const connection = connect(home.database, 'read-write');
  connection.exec(sql);
  connection.close();
}

describe('sessions', () => {
  it('gives back what was stored, and counts revisions', async () => {
    const [first, second] = [sampleRecord('app-1'), sampleRecord('app-1', { name: 'Another' })];
    await write((tx) => insertSession(tx, first));
    expect(read((tx) => getSession(tx, 'app-1'))).toEqual({ record: first, rev: 1 });
    expect(await write((tx) => updateSession(tx, 'app-1', 1, second))).toBe(true);
    expect(await write((tx) => updateSession(tx, 'app-1', 1, first))).toBe(false);
    expect(read((tx) => getSession(tx, 'app-1'))).toEqual({ record: second, rev: 2 });
  });

  it('refuses invalid records, and ids or numbers that differ by case only', async () => {
    await write((tx) => insertSession(tx, sampleRecord('app-1')));
    const refused: readonly (readonly [SessionRecord, RegExp])[] = [
      [sampleRecord('App-1', { number: 9 }), /UNIQUE/],
      [sampleRecord('app-2', { prefix: 'APP', number: 1 }), /UNIQUE/],
      [sampleRecord('../app-3'), /session id/],
      [{ ...sampleRecord('app-4'), version: 2 as 1 }, /version/],
    ];
    for (const [record, why] of refused) {
      await expect(write((tx) => insertSession(tx, record))).rejects.toThrow(why);
    }
    expect(read(listSessions).sessions).toHaveLength(1);
  });

  it.each([
    ['no JSON', "record = 'garbage'"],
    ['half of its JSON', 'record = substr(record, 1, 40)'],
    ['an empty record', "record = ''"],
    ['a null', "record = 'null'"],
    ['a field too many', `record = replace(record, '"version":1', '"version":1,"__proto__":{"id":"x"}')`],
    ['a wrong type', `record = replace(record, '"name":"A sample"', '"name":7')`],
    ['another session’s record', `record = replace(record, 'app-2', 'app-7')`],
    ['deep nesting', `record = replace(hex(zeroblob(100000)), '0', '[')`],
    ['a version of the future', 'record_version = 2'],
  ])('shows a row with %s as damaged, beside the others, and never overwrites it', async (_, change) => {
    await write((tx) => ['app-1', 'app-2', 'app-3'].forEach((id) => insertSession(tx, sampleRecord(id))));
    corrupt(`UPDATE sessions SET ${change} WHERE id = 'app-2'`);
    const row = () => read((tx) => tx.get('SELECT * FROM sessions WHERE id = ?', 'app-2'));
    const before = row();
    const { sessions, damaged } = read(listSessions);
    expect(sessions.map(({ record }) => record.id)).toEqual(['app-1', 'app-3']);
    expect(damaged).toEqual([{ id: 'app-2', project: 'app', why: expect.stringMatching(/\w/) as string }]);
    expect(read((tx) => getSession(tx, 'app-2'))).toEqual({ damaged: damaged[0] });
    expect(await write((tx) => updateSession(tx, 'app-2', 1, sampleRecord('app-2')))).toBe(false);
    expect(await write((tx) => deleteSession(tx, 'app-2'))).toBe(false);
    expect(row()).toEqual(before);
  });

  it('takes a record that was checked when it was written as it is, and checks any other', async () => {
    const record = sampleRecord('app-1');
    await write((tx) => insertSession(tx, record));
    const seal = () => read((tx) => tx.get<{ seal: string | null }>('SELECT seal FROM sessions'))?.seal ?? null;
    const stored = () => read((tx) => getSession(tx, 'app-1'));
    const first = seal();
    expect([first, isSealed(JSON.stringify(record), first)]).toEqual([expect.stringMatching(/^\w{16}:\d+:\d+$/), true]);
    expect(stored()).toEqual({ record, rev: 1 });
    await write((tx) => updateSession(tx, 'app-1', 1, { ...record, name: 'Another' }));
    expect([seal() === first, stored()]).toMatchObject([false, { record: { name: 'Another' }, rev: 2 }]);
    // What is sealed is what was checked, with what its writer left out.
    const { depth: _, ...less } = record;
    await write((tx) => updateSession(tx, 'app-1', 2, { ...less, name: 'Another' } as SessionRecord));
    expect(stored()).toMatchObject({ record: { name: 'Another', depth: 0 }, rev: 3 });
    // Older records have no seal, and lack what came later.
    corrupt(`UPDATE sessions SET seal = NULL, record = json_remove(record, '$.depth')`);
    expect(stored()).toMatchObject({ record: { name: 'Another', depth: 0 } });
    // The seal of a version with another schema says nothing to this one.
    corrupt(`UPDATE sessions SET seal = '0000000000000000:' || length(record) || ':0'`);
    expect(stored()).toMatchObject({ record: { name: 'Another', depth: 0 } });
  });

  it('frees its claims when it is deleted, and tells of both', async () => {
    await write((tx) => claimOnce(tx, '7'));
    const seq = read((tx) => changesSince(tx, 0, ['session', 'claim'])).length;
    expect(await write((tx) => deleteSession(tx, 'app-1'))).toBe(true);
    expect(read((tx) => [listClaims(tx), getSession(tx, 'app-1')])).toEqual([[], null]);
    expect(read((tx) => changesSince(tx, seq, ['session', 'claim']))).toMatchObject([
      { kind: 'claim', key: 'app-1' },
      { kind: 'session', key: 'app-1' },
    ]);
    expect(await write((tx) => deleteSession(tx, 'app-1'))).toBe(false);
  });
});

describe('claims', () => {
  it('has one per project and issue, and only of sessions that exist', async () => {
    await write((tx) => claimOnce(tx, '7'));
    const claim = { project: 'app', issue: '7', session: 'app-1', owner: { pid: 1 } };
    await expect(write((tx) => insertClaim(tx, claim))).rejects.toThrow(/UNIQUE/);
    await expect(write((tx) => insertClaim(tx, { ...claim, issue: '8', session: 'app-9' }))).rejects.toThrow(/FOREIGN/);
    await write((tx) => insertClaim(tx, { ...claim, project: 'lib' }));
    expect(read((tx) => findClaim(tx, 'lib', '7'))).toEqual({ ...claim, project: 'lib', created: 1000 });
    expect(await write((tx) => deleteClaimsOf(tx, 'app-1'))).toBe(2);
    expect(read((tx) => findClaim(tx, 'app', '7'))).toBeNull();
  });
});

describe('counters', () => {
  const reserve = (prefix: string, atLeast: number) => write((tx) => reserveNumber(tx, prefix, atLeast));

  it('hands out each number once, above those of remote branches, whatever the case of the prefix', async () => {
    const numbers = [
      await reserve('app', 0),
      await reserve('app', 0),
      await reserve('APP', 9),
      await reserve('app', 3),
    ];
    expect([...numbers, await reserve('lib', 0)]).toEqual([1, 2, 10, 11, 1]);
  });

  it('hands out no number again after its session was deleted or its counter was lost', async () => {
    await write((tx) => claimOnce(tx, '1'));
    await write((tx) => claimOnce(tx, '2'));
    corrupt('DELETE FROM counters');
    expect(await reserve('app', 0)).toBe(3);
    await write((tx) => [deleteSession(tx, 'app-1'), deleteSession(tx, 'app-2')]);
    expect(await reserve('app', 0)).toBe(4);
  });

  it('refuses what is no number', async () => {
    for (const wrong of [-1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER]) {
      await expect(reserve('app', wrong)).rejects.toThrow(RangeError);
    }
  });
});

describe('journal', () => {
  it('tells how far each step has come and what its undo needs', async () => {
    const claim = await write((tx) => startStep(tx, { session: 'app-1', step: 'claim' }));
    await write((tx) => finishStep(tx, claim, { undo: { issue: '7' }, detail: 'app-1' }));
    const tree = await write((tx) => startStep(tx, { session: 'app-1', step: 'open-workspace', undo: { path: '/w' } }));
    expect(read(unfinishedJournals)).toEqual(['app-1']);
    now = 2000;
    await write((tx) => markFailed(tx, tree, 'no space'));
    await write((tx) => markUndoing(tx, claim));
    await write((tx) => markUndone(tx, claim));
    const common = { session: 'app-1', started: 1000, ended: 2000 };
    expect(read((tx) => listJournal(tx, 'app-1'))).toEqual([
      { ...common, position: 0, step: 'claim', state: 'undone', undo: { issue: '7' }, detail: 'app-1' },
      { ...common, position: 1, step: 'open-workspace', state: 'failed', undo: { path: '/w' }, detail: 'no space' },
    ]);
    await write((tx) => deleteJournal(tx, 'app-1'));
    expect(read((tx) => [listJournal(tx, 'app-1'), unfinishedJournals(tx)])).toEqual([[], []]);
  });

  it('refuses to mark a step that is not there', async () => {
    await expect(write((tx) => markUndone(tx, { session: 'app-1', position: 0 }))).rejects.toThrow(/no step 0/);
  });
});

describe('terminals', () => {
  const terminal = { id: 't1', session: 'app-1', role: 'agent', runtime: 'pty', state: 'starting' } as const;

  it('keeps what the runtime said last', async () => {
    const size = { cols: 100, rows: 30 };
    await write((tx) => insertTerminal(tx, { ...terminal, size }));
    now = 2000;
    expect(await write((tx) => updateTerminal(tx, 't1', { state: 'alive' }))).toBe(true);
    expect(await write((tx) => updateTerminal(tx, 't1', { state: 'alive' }))).toBe(false);
    const exit = { code: 0, signal: null, at: 5 };
    await write((tx) => updateTerminal(tx, 't1', { state: 'exited', exit }));
    const expected = { ...terminal, label: '', state: 'exited', exit, size, created: 1000, updated: 2000 };
    expect(read((tx) => [getTerminal(tx, 't1'), listTerminals(tx), listTerminals(tx, 'app-2')])).toEqual([
      expected,
      [expected],
      [],
    ]);
    expect([await write((tx) => deleteTerminal(tx, 't1')), await write((tx) => deleteTerminal(tx, 't1'))]).toEqual([
      true,
      false,
    ]);
  });

  it('is still listed when its exit and size cannot be read', async () => {
    await write((tx) => insertTerminal(tx, { ...terminal, size: { cols: 100, rows: 30 } }));
    corrupt(`UPDATE terminals SET exit = '{', size = '[]'`);
    expect(read(listTerminals)).toMatchObject([{ id: 't1', exit: null, size: { cols: 80, rows: 24 } }]);
  });
});

describe('requests', () => {
  const request = { id: 'r1', kind: 'spawn', input: { prompt: 'Fix it' }, owner: { pid: 1 } };

  it('is begun once, and a repeated one finds how the first went', async () => {
    expect(await write((tx) => beginRequest(tx, request))).toBe('new');
    expect(await write((tx) => beginRequest(tx, { ...request, input: 'other' }))).toMatchObject({
      ...request,
      state: 'running',
      session: null,
      result: null,
    });
    await write((tx) => attachSession(tx, 'r1', 'app-1'));
    await write((tx) => finishRequest(tx, 'r1', { session: 'app-1' }));
    expect(await write((tx) => beginRequest(tx, request))).toMatchObject({
      state: 'done',
      session: 'app-1',
      result: { session: 'app-1' },
    });
  });

  it('keeps the input of a failed one, and forgets finished ones after a week', async () => {
    for (const id of ['r1', 'r2', 'r3']) await write((tx) => beginRequest(tx, { ...request, id }));
    await write((tx) => finishRequest(tx, 'r1', null));
    await write((tx) => failRequest(tx, 'r2', { what: 'No such agent' }));
    now += 8 * 24 * 3_600_000;
    await write(prune);
    expect(read((tx) => listRequests(tx)).map(({ id }) => id)).toEqual(['r2', 'r3']);
    expect(read((tx) => listRequests(tx, 'failed'))).toMatchObject([
      { id: 'r2', input: { prompt: 'Fix it' }, result: { what: 'No such agent' } },
    ]);
  });

  it('is taken over by one process only', async () => {
    await write((tx) => beginRequest(tx, request));
    const row = read((tx) => getRequest(tx, 'r1')) as RequestRow;
    expect([
      await write((tx) => takeOverRequest(tx, row, { pid: 2 })),
      await write((tx) => takeOverRequest(tx, row, { pid: 3 })),
    ]).toEqual([true, false]);
  });
});

describe('outbox', () => {
  const owner = { pid: 1 };
  const message = (id: string) => ({ id, session: 'app-1', kind: 'message', body: `body of ${id}` }) as const;
  const claim = () => write((tx) => claimDelivery(tx, { session: 'app-1', owner }));

  it('is delivered once and in order, one at a time', async () => {
    const added = [];
    for (const id of ['m1', 'm2', 'm1']) added.push(await write((tx) => enqueue(tx, message(id))));
    expect(added).toEqual([true, true, false]);
    const first = await claim();
    expect([first?.id, first?.body, first?.attempts, first?.owner, await claim()]).toEqual([
      'm1',
      'body of m1',
      1,
      owner,
      null,
    ]);
    if (first === null) return;
    expect([
      await write((tx) => markDelivered(tx, first, true)),
      await write((tx) => markDelivered(tx, first, true)),
    ]).toEqual([true, false]);
    expect((await claim())?.id).toBe('m2');
    expect(read((tx) => pendingFor(tx, 'app-1')).map(({ id, state }) => [id, state])).toEqual([['m2', 'delivering']]);
  });

  it('brings the prompt first, whatever was sent while the session was being made', async () => {
    await write((tx) => enqueue(tx, message('m1')));
    await write((tx) => enqueue(tx, { ...message('p1'), kind: 'prompt' }));
    const next = () => read((tx) => nextDelivery(tx, 'app-1'))?.id ?? null;
    const before = next();
    const first = await claim();
    expect([before, first?.id, next()]).toEqual(['p1', 'p1', null]);
    if (first !== null) await write((tx) => markDelivered(tx, first, false));
    expect([next(), read((tx) => listUnsettled(tx)).map(({ id, seen }) => [id, seen])]).toEqual([
      'm1',
      [
        ['m1', null],
        ['p1', false],
      ],
    ]);
  });

  it('is taken only as it was when somebody judged it', async () => {
    await write((tx) => enqueue(tx, { ...message('m1'), owner }));
    const seen = read((tx) => nextDelivery(tx, 'app-1'));
    const take = () => write((tx) => claimDelivery(tx, { session: 'app-1', owner, judged: seen }));
    await write((tx) => noteWaiting(tx, { id: 'm1', session: 'app-1' }, null));
    const prepared = await take();
    await write((tx) => deleteDelivery(tx, { id: 'm1', session: 'app-1' }));
    await write((tx) => enqueue(tx, message('m2')));
    expect([prepared, await take(), (await claim())?.id]).toEqual([null, null, 'm2']);
  });

  it('says what it waits for, and is discarded only while nobody types it', async () => {
    await write((tx) => enqueue(tx, { ...message('m1'), owner }));
    const one = { id: 'm1', session: 'app-1' };
    const stored = () => read((tx) => findDelivery(tx, 'm1'));
    await write((tx) => noteWaiting(tx, one, 'a question stands'));
    const waiting = stored();
    await write((tx) => noteWaiting(tx, one, null));
    expect([waiting?.detail, waiting?.owner, stored()?.detail, stored()?.owner]).toEqual([
      'a question stands',
      owner,
      null,
      null,
    ]);
    await claim();
    expect([await write((tx) => deliverAnyway(tx, one)), await write((tx) => deleteDelivery(tx, one))]).toEqual([
      false,
      false,
    ]);
  });

  it('that was cut short holds what comes later until it is taken over, looked at or seen to be gone', async () => {
    for (const id of ['m1', 'm2']) await write((tx) => enqueue(tx, message(id)));
    const first = await claim();
    if (first === null) throw new Error('nothing to deliver');
    const unfinished = () => read((tx) => unfinishedFor(tx, 'app-1')).map(({ id }) => id);
    const under = unfinished();
    await write((tx) => markDeliveryFailed(tx, first, { why: 'cut short', typing: 'begun' }));
    const failed = read((tx) => findDelivery(tx, 'm1'));
    if (failed === null) throw new Error('nothing failed');
    expect([under, unfinished()]).toEqual([[], ['m1']]);
    const take = () => write((tx) => takeOver(tx, failed, { owner, as: 'm3' }));
    const taken = await take();
    expect([taken?.id, taken?.state, taken?.attempts, await take(), unfinished()]).toEqual([
      ...['m3', 'delivering', 2, null],
      [],
    ]);
    if (taken === null) return;
    expect([await write((tx) => noteEntered(tx, first)), await write((tx) => noteEntered(tx, taken))]).toEqual([
      false,
      true,
    ]);
    await write((tx) => markDelivered(tx, taken, true));
    const second = await claim();
    if (second === null) throw new Error('nothing to deliver');
    await write((tx) => markDeliveryFailed(tx, second, { why: 'cut short', typing: 'begun' }));
    const forgotten = () => write((tx) => forgetTyping(tx, second));
    expect([await forgotten(), await forgotten(), unfinished()]).toEqual([true, false, []]);
  });

  it('can be tried again, and an attempt that was given up has no say any more', async () => {
    await write((tx) => enqueue(tx, message('m1')));
    const first = await claim();
    if (first === null) throw new Error('nothing to deliver');
    await write((tx) => releaseDelivery(tx, first));
    const second = await claim();
    if (second === null) throw new Error('nothing to deliver');
    expect([second.attempts, await write((tx) => markDelivered(tx, first, true))]).toEqual([2, false]);
    expect(await write((tx) => markDeliveryFailed(tx, second, { why: 'the agent is gone', typing: 'none' }))).toBe(
      true,
    );
    expect(read((tx) => tx.all('SELECT state, detail, body FROM outbox'))).toEqual([
      { state: 'failed', detail: 'the agent is gone', body: 'body of m1' },
    ]);
  });
});

describe('marks', () => {
  it('is set, replaced and cleared', async () => {
    await write((tx) => setMark(tx, { session: 'app-1', mark: 'snooze', value: 5 }));
    await write((tx) => setMark(tx, { session: 'app-1', mark: 'snooze', value: 9 }));
    await write((tx) => setMark(tx, { session: 'app-2', mark: 'pin', value: true }));
    await write((tx) => clearMark(tx, 'app-2', 'pin'));
    expect(read((tx) => listMarks(tx))).toEqual([{ session: 'app-1', mark: 'snooze', value: 9, updated: 1000 }]);
  });
});
