// Rows and deliveries in a real database, told to a real server; sessions are values.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { completeRouting, type NotifierDefinition, type Routing } from '#shared/domain/notifier.ts';
import { damagedSessionView } from '#shared/domain/session-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import type { ScreenState } from '#shared/domain/status.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import { ok } from '#shared/lib/result.ts';
import { uuidV7 } from '#shared/lib/uuid-v7.ts';
import { hookServer, taken } from '../lib/fixtures/hook-server.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { addDelivery, beginDelivery, insertNotice, listNotices } from '../storage/notices.ts';
import { closeQuestion, insertQuestion } from '../storage/questions.ts';
import { insertSession } from '../storage/sessions.ts';
import type { Store, Transaction } from '../storage/store.ts';
import { retries } from './deliver-notices.ts';
import type { NoticeDependencies } from './dependencies.ts';
import { keepNotices, type NoticeKeeper } from './keep-notices.ts';

const anyQuestion: FoundQuestion = {
  ...{ kind: 'choice', text: 'Go on?', tool: null, command: null, cwd: null, unusual: [] },
  ...{ choices: [], takesText: true },
};
const patience = { timeout: 15_000, interval: 20 };
let scratch: ScratchHome;
let store: Store;
/** What the notices are kept with. */
let using: Store;
let server: Awaited<ReturnType<typeof hookServer>>;
let views: readonly SessionView[];
let settings: Settings;
let definitions: Map<string, NotifierDefinition>;
let routing: Routing;
let typed: number | null;
/** How far the clock was set ahead, in milliseconds. */
let ahead: number;
let fails: boolean;
/** An answer waits for it. */
let hold: Promise<void>;
let status: number;
let looks: number;
const changes = new Emitter<void>();
const keepers: NoticeKeeper[] = [];

beforeEach(async () => {
  [views, settings, typed, ahead, fails] = [[], defaultSettings, null, 0, false];
  scratch = new ScratchHome();
  store = await scratch.openFully({ now: () => Date.now() + ahead });
  using = store;
  [hold, status] = [Promise.resolve(), 500];
  server = await hookServer((response, { path }) => {
    if (path !== '/bad' || !fails) return taken(response);
    void hold.then(() => response.writeHead(status).end());
  });
  definitions = new Map<string, NotifierDefinition>([
    ['desktop', { plugin: 'desktop' }],
    ['hook', { plugin: 'webhook', url: server.url('/good').href }],
    ['bad', { plugin: 'slack', url: server.url('/bad').href }],
  ]);
  routing = { urgent: ['desktop', 'hook'] };
});
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.close();
  await server.close();
  await scratch.remove();
});

const dependencies = (): NoticeDependencies => ({
  store: using,
  configuration: {
    notifiers: () => ({
      ...{ definitions, broken: [], projects: {}, troubles: [] },
      routing: completeRouting(routing, ['desktop']),
    }),
    settings: () => ok(settings),
    route: () => Promise.resolve(ok(null)),
  },
  surroundings: async () => ({ variables: {}, env: {}, cwd: '/' }),
  sessions() {
    looks += 1;
    return views;
  },
  typedAt: () => typed,
  onChange: (listener) => changes.on(listener),
  now: () => Date.now() + ahead,
  newId: () => uuidV7(Date.now(), randomBytes(10)),
  log: () => undefined,
});

/** As the supervisor keeps it, which looks now and then by itself. */
function keep(): NoticeKeeper {
  const keeper = keepNotices(dependencies());
  keepers.push(keeper);
  return keeper;
}

const session = (id: string, state: ScreenState, over: Partial<SessionView> = {}): SessionView => ({
  ...damagedSessionView(id, 'api', ''),
  ...{ damaged: null, name: id, because: 'It says so.', state, since: Date.now() + ahead, createdAt: 1 },
  ...over,
});

function be(...now: readonly SessionView[]): void {
  views = now;
  changes.emit();
}

const rows = () =>
  store
    .read(listNotices)
    .map(({ title, resolved, deliveries }) => [
      title,
      resolved?.why ?? null,
      Object.fromEntries(deliveries.map(({ notifier, state }) => [notifier, state])),
    ]);
const told = () => server.posts.map(({ body }) => (body as { readonly title: string }).title);
/** When it has looked at what there is, what changes is news. */
async function watched(...first: readonly SessionView[]): Promise<NoticeKeeper> {
  views = first;
  looks = 0;
  const keeper = keep();
  await expect.poll(() => looks, patience).toBeGreaterThan(1);
  return keeper;
}

describe('a session that asks', () => {
  it('is told once, by those that are routed, and resolved when it is answered', async () => {
    await watched(session('a', 'working'));
    be(session('a', 'asks-you'));
    await expect.poll(() => rows()[0], patience).toEqual(['a asks you', null, { hook: 'sent' }]);
    typed = Date.now() + 1000;
    be(session('a', 'working'));
    await expect
      .poll(() => rows()[0], patience)
      .toEqual(['a asks you', 'It was answered in its terminal.', { hook: 'sent' }]);
    expect(told()).toEqual(['a asks you']);
  });

  it('says who answered it, although an answer is typed as well', async () => {
    await watched(session('app-1', 'working'));
    be(session('app-1', 'asks-you'));
    await expect.poll(() => rows()[0]?.[1], patience).toBe(null);
    typed = Date.now() + 1000;
    await store.write('question', (tx) => {
      insertSession(tx, sampleRecord('app-1'));
      const asked = { id: uuidV7(Date.now(), randomBytes(10)), session: 'app-1' };
      insertQuestion(tx, {
        ...asked,
        terminal: 't',
        source: 'screen',
        found: anyQuestion,
        asked: tx.now,
        drawsOn: false,
      });
      closeQuestion(tx, asked, { kind: 'answered', by: 'person', what: 'Yes', confirmed: true });
    });
    be(session('app-1', 'working'));
    await expect.poll(() => rows()[0]?.[1], patience).toBe('You answered it here.');
  });

  it('is one of many in one notice', async () => {
    const all = ['a', 'b', 'c', 'd'];
    await watched(...all.map((id) => session(id, 'working')));
    be(...all.map((id) => session(id, 'asks-you')));
    await expect.poll(() => rows(), patience).toEqual([['4 agents are waiting', null, { hook: 'sent' }]]);
  });

  it('is on record and told to nobody while all are muted', async () => {
    settings = { ...settings, mutedUntil: Date.now() + 3_600_000 };
    await watched(session('a', 'working'));
    be(session('a', 'asks-you'));
    await expect.poll(() => rows()[0], patience).toEqual(['a asks you', null, { hook: 'held' }]);
    expect(told()).toEqual([]);
  });

  it('is not even on record when it is muted itself', async () => {
    await watched(session('a', 'working', { muted: { until: null } }), session('b', 'working'));
    be(session('a', 'asks-you', { muted: { until: null } }), session('b', 'asks-you'));
    await expect.poll(() => rows()[0]?.[0], patience).toBe('b asks you');
    expect(rows().length).toBe(1);
  });
});

describe('a notifier that fails', () => {
  it('keeps no other from telling, is tried for minutes, and then has failed', async () => {
    fails = true;
    routing = { urgent: ['bad', 'hook'] };
    const keeper = await watched(session('a', 'working'));
    be(session('a', 'asks-you'));
    await expect.poll(() => rows()[0], patience).toEqual(['a asks you', null, { bad: 'pending', hook: 'sent' }]);
    const tries = () => store.read(listNotices)[0]?.deliveries.find(({ notifier }) => notifier === 'bad');
    for (const [index, wait] of retries.entries()) {
      ahead += wait;
      keeper.look();
      await expect.poll(() => tries()?.attempts, patience).toBe(index + 2);
      await expect.poll(() => tries()?.state, patience).not.toBe('sending');
    }
    expect(tries()).toMatchObject({ state: 'failed', attempts: 6, detail: `127.0.0.1:${server.port} answered 500` });
  });

  it('tells nothing that is over', async () => {
    fails = true;
    routing = { urgent: ['bad'] };
    await watched(session('a', 'working'));
    be(session('a', 'asks-you'));
    await expect.poll(() => rows()[0]?.[2], patience).toEqual({ bad: 'pending' });
    be(session('a', 'working'));
    await expect.poll(() => rows()[0], patience).toEqual(['a asks you', 'It went on by itself.', { bad: 'dropped' }]);
  });
});

it('leaves without what looks like a secret on a screen, and says so little of what a command printed', async () => {
  const prints =
    "echo 'POST https://me:hunter22@example.org/x?token=abcdef failed: Bearer abcdefghijkl, sorry' >&2; exit 3";
  definitions.set('light', { plugin: 'command', command: ['/bin/sh', '-c', prints] });
  routing = { urgent: ['light', 'hook'] };
  await watched(session('a', 'working'));
  be(session('a', 'asks-you', { because: 'Its screen ends with a question: "Use TOKEN=s3cr3t-one?" (inferred).' }));
  const delivered = () => store.read(listNotices)[0]?.deliveries.map(({ detail, state }) => detail ?? state);
  await expect
    .poll(delivered, patience)
    .toEqual([
      'sent',
      'sh ended with exit 3: POST https://[secret]@example.org/x?token=[secret] failed: Bearer [secret], sorry',
    ]);
  expect(store.read(listNotices)[0]?.body).toContain('Use TOKEN=[secret]');
  expect(JSON.stringify(server.posts)).not.toContain('s3cr3t');
});

describe('one that is over while it is being sent', () => {
  it('is not tried again when that fails', async () => {
    const answers = Promise.withResolvers<void>();
    hold = answers.promise;
    fails = true;
    routing = { urgent: ['bad'] };
    const keeper = await watched(session('a', 'working'));
    be(session('a', 'asks-you'));
    await expect.poll(() => rows()[0]?.[2], patience).toEqual({ bad: 'sending' });
    be(session('a', 'working'));
    await expect.poll(() => rows()[0]?.[1], patience).toBe('It went on by itself.');
    answers.resolve();
    await expect.poll(() => rows()[0]?.[2], patience).toEqual({ bad: 'dropped' });
    ahead += 600_000;
    keeper.look();
    await keeper.close();
    expect(server.posts.length).toBe(1);
  });
});

it('one of which nobody could write down how it went is told as that, and others are sent', async () => {
  let refused = 0;
  const full = new Proxy(store, {
    get(target, key: keyof Store) {
      if (key !== 'write') return typeof target[key] === 'function' ? target[key].bind(target) : target[key];
      return (name: string, fn: (tx: Transaction) => unknown) =>
        name === 'notice: sent' && refused++ === 0 ? Promise.reject(new Error('disk full')) : target.write(name, fn);
    },
  });
  using = full;
  const keeper = await watched(session('a', 'working'), session('b', 'working'));
  be(session('a', 'asks-you'), session('b', 'asks-you'));
  await expect.poll(() => refused, patience).toBe(1);
  await expect
    .poll(() => {
      keeper.look();
      return rows().map((row) => row[2]);
    }, patience)
    .toEqual([{ hook: 'failed' }, { hook: 'sent' }]);
});

describe('another supervisor', () => {
  it('tells nothing twice, tells what came up in between, and resolves what the first one told', async () => {
    const first = await watched(session('a', 'working'), session('b', 'working'));
    const asks = session('a', 'asks-you');
    be(asks, session('b', 'working'));
    await expect.poll(() => rows()[0]?.[2], patience).toEqual({ hook: 'sent' });
    await first.close();
    // Nobody knows at once what terminals show.
    be(session('a', 'working', { since: 1 }), session('b', 'crashed'));
    keep();
    await expect.poll(() => rows()[1], patience).toEqual(['b crashed', null, { hook: 'sent' }]);
    looks = 0;
    be(asks, session('b', 'crashed'));
    await expect.poll(() => looks, patience).toBeGreaterThan(0);
    expect(told()).toEqual(['a asks you', 'b crashed']);
    be(session('a', 'stopped'), session('b', 'crashed'));
    await expect.poll(() => rows()[0], patience).toEqual(['a asks you', 'It was stopped.', { hook: 'sent' }]);
    expect(told().length).toBe(2);
  });

  it('sends nothing again that the first one was just sending as it ended', async () => {
    const answers = Promise.withResolvers<void>();
    hold = answers.promise;
    [fails, routing] = [true, { urgent: ['bad'] }];
    status = 204;
    const first = await watched(session('a', 'working'));
    be(session('a', 'asks-you'));
    await expect.poll(() => server.posts.length, patience).toBe(1);
    const closed = first.close();
    answers.resolve();
    await closed;
    expect(rows()[0]?.[2]).toEqual({ bad: 'sent' });
    const second = keep();
    second.look();
    await second.close();
    expect(server.posts.length).toBe(1);
  });

  it('sends nothing again that may have arrived, and says so', async () => {
    const id = uuidV7(Date.now(), randomBytes(10));
    await store.write('test', (tx) => {
      insertNotice(tx, { id, kind: 'waiting', priority: 'urgent', sessions: ['a'], title: 't', body: '' });
      addDelivery(tx, id, 'hook', null);
      beginDelivery(tx, id, 'hook');
    });
    views = [session('a', 'asks-you')];
    keep();
    await expect
      .poll(() => store.read(listNotices)[0]?.deliveries[0], patience)
      .toMatchObject({ state: 'failed', detail: 'Athene ended while it was sent: it may have arrived.' });
    expect(told()).toEqual([]);
  });

  it('resolves what is over when it is sure', async () => {
    const id = uuidV7(Date.now(), randomBytes(10));
    await store.write('test', (tx) =>
      insertNotice(tx, { id, kind: 'waiting', priority: 'urgent', sessions: ['a'], title: 't', body: '' }),
    );
    const keeper = keep();
    be(session('b', 'crashed'));
    await expect.poll(() => rows().length, patience).toBe(2);
    expect(rows()[0]).toEqual(['t', null, {}]);
    ahead += 31_000;
    keeper.look();
    await expect.poll(() => rows()[0], patience).toEqual(['t', 'The session was removed.', {}]);
  });
});
