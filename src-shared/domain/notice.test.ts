import { describe, expect, it } from 'vitest';
import {
  gathering,
  lookForNotices,
  noNotices,
  noticeKinds,
  repeating,
  settling,
  takeUp,
  type Notice,
  type NoticeState,
} from './notice.ts';
import { damagedSessionView } from './session-view.ts';
import type { SessionView } from './session.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { noQuietHours, type QuietHours } from './quiet-hours.ts';
import { screenStateSchema, type ScreenState } from './status.ts';

const start = 1_800_000_000_000;
const second = 1000;
const minute = 60_000;

const session = (id: string, state: ScreenState, over: Partial<SessionView> = {}): SessionView => ({
  ...damagedSessionView(id, 'api', ''),
  damaged: null,
  name: id,
  because: 'It says so.',
  since: start - 5 * minute,
  createdAt: start - 10 * minute,
  state,
  ...over,
});

/** Sessions by state; looks at them as a shell does: at every change, and whenever the machine asked for it. */
function watch(first: Readonly<Record<string, ScreenState>> = {}) {
  let state: NoticeState = noNotices;
  let now = start;
  let again: number | null = null;
  let settings: Settings = defaultSettings;
  let views = new Map(Object.entries(first).map(([id, is]) => [id, session(id, is)]));
  let inSight: string | null = null;
  const open = new Map<string, Notice>();
  const told: { readonly at: number; readonly notice: Notice; readonly replaces: readonly Notice[] }[] = [];

  const look = (): void => {
    const step = lookForNotices(state, {
      sessions: [...views.values()],
      settings,
      now,
      isInSight: (id) => id === inSight,
    });
    const replaces = step.withdraw.flatMap((id) => open.get(id) ?? []);
    for (const id of step.withdraw) expect(open.delete(id), `${id} was withdrawn and never told`).toBe(true);
    for (const notice of step.tell) {
      told.push({ at: now - start, notice, replaces });
      open.set(notice.id, notice);
    }
    ({ state, lookAgainAt: again } = step);
    if (again !== null) expect(again, 'the next look lies ahead').toBeGreaterThan(now);
  };

  const pass = (ms: number): void => {
    const end = now + ms;
    for (let looks = 0; again !== null && again <= end; looks += 1) {
      if (looks > 1000) throw new Error('The machine asks to be looked at for ever');
      now = again;
      look();
    }
    now = end;
  };
  look();
  return {
    pass,
    is(changes: Readonly<Record<string, ScreenState | null>>, over: Partial<SessionView> = {}) {
      views = new Map(views);
      for (const [id, to] of Object.entries(changes))
        if (to === null) views.delete(id);
        else
          views.set(id, { ...(views.get(id) ?? session(id, to, { createdAt: now })), state: to, since: now, ...over });
      look();
    },
    set(changes: Partial<Settings>) {
      settings = { ...settings, ...changes };
      look();
    },
    sees(id: string | null) {
      inSight = id;
      look();
    },
    /** The wall clock, not the time: nothing is looked at. */
    turnClock(ms: number) {
      now += ms;
      again = again === null ? null : again + ms;
    },
    sleep(ms: number) {
      now += ms;
      look();
    },
    told,
    titles: () => told.map(({ notice }) => notice.title),
    open: () => [...open.values()].map(({ title }) => title),
  };
}

describe('what is told', () => {
  const news: readonly (readonly [ScreenState, string | null])[] = [
    ['asks-permission', 'a asks permission'],
    ['asks-you', 'a asks you'],
    ['stuck', 'a is stuck'],
    ['ci-failing', 'a fails CI'],
    ['conflict', 'a has a conflict'],
    ['crashed', 'a crashed'],
    ['lost', 'a is lost'],
    ['done', 'a is done'],
    ['merged', 'a was merged'],
    ['ready-to-land', 'a is ready to land'],
  ];

  it.each(screenStateSchema.options)('a session that comes to be %s', (state) => {
    const w = watch({ a: 'working' });
    w.is({ a: state });
    w.pass(minute);
    expect(w.titles()).toEqual(news.filter(([is]) => is === state).map(([, title]) => title));
  });

  it('is nothing of what was so before', () => {
    const w = watch({ a: 'asks-you', b: 'crashed', c: 'done' });
    w.pass(10 * minute);
    w.is({ a: 'asks-you', b: 'lost', c: 'merged' });
    w.pass(10 * minute);
    expect(w.titles()).toEqual([]);
  });

  it('has the project and the reason below', () => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' }, { because: 'Its terminal rang.' });
    w.pass(settling);
    expect(w.told).toEqual([
      {
        at: settling,
        notice: {
          id: 'waiting-1',
          kind: 'waiting',
          priority: 'urgent',
          sessions: ['a'],
          title: 'a asks you',
          body: 'api · Its terminal rang.',
        },
        replaces: [],
      },
    ]);
  });

  it('is a session that is spawned and finishes at once, once', () => {
    const w = watch();
    w.pass(minute);
    w.is({ a: 'done' });
    w.pass(10 * minute);
    expect(w.titles()).toEqual(['a is done']);
  });

  it('is no session that comes late and was made long ago', () => {
    const w = watch();
    w.pass(10 * minute);
    w.is({ a: 'crashed', b: 'asks-you' }, { createdAt: start - minute });
    w.pass(10 * minute);
    expect(w.titles()).toEqual([]);
  });

  it('is not what was so before and is only found out', () => {
    const w = watch({ a: 'working', b: 'working', c: 'unknown' });
    w.pass(second);
    w.is({ a: 'asks-you', b: 'crashed', c: 'done' }, { since: start - 5 * minute });
    w.pass(10 * minute);
    expect(w.titles()).toEqual([]);
  });

  it('is not what passes before it settled', () => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' });
    w.pass(settling - 1);
    w.is({ a: 'working' });
    w.pass(minute);
    expect(w.titles()).toEqual([]);
  });
});

describe('who is not told', () => {
  it.each([
    ['notifyWaiting', 'asks-you'],
    ['notifyBroken', 'crashed'],
    ['notifyFinished', 'done'],
  ] as const)('somebody who has turned %s off', (setting, state) => {
    const w = watch({ a: 'working' });
    w.set({ [setting]: false });
    w.is({ a: state });
    w.pass(minute);
    w.set({ [setting]: true });
    w.pass(minute);
    expect(w.titles()).toEqual([]);
  });

  it('somebody who muted them, also not afterwards', () => {
    const w = watch({ a: 'working', b: 'working' });
    w.set({ mutedUntil: start + 60 * minute });
    w.is({ a: 'asks-you' });
    w.pass(60 * minute);
    w.is({ b: 'asks-you' });
    w.pass(minute);
    expect(w.titles()).toEqual(['b asks you']);
  });

  it('somebody who sees the session', () => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' });
    w.sees('a');
    w.pass(minute);
    w.sees(null);
    w.pass(minute);
    expect(w.titles()).toEqual([]);
  });
});

describe('what is taken back', () => {
  it.each([
    ['is answered', (w: ReturnType<typeof watch>) => w.is({ a: 'working' })],
    ['is gone', (w: ReturnType<typeof watch>) => w.is({ a: null })],
    ['comes in sight', (w: ReturnType<typeof watch>) => w.sees('a')],
  ])('the notice of a session that %s', (_, happens) => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' });
    w.pass(settling);
    const before = w.open();
    happens(w);
    expect([before, w.open()]).toEqual([['a asks you'], []]);
  });

  it('a bundle when the last of its sessions is answered', () => {
    const w = watch({ a: 'working', b: 'working', c: 'working' });
    w.is({ a: 'asks-you', b: 'asks-you', c: 'asks-you' });
    w.pass(settling);
    w.is({ a: 'working', b: 'working' });
    const before = w.open();
    w.is({ c: 'working' });
    expect([before, w.open()]).toEqual([['3 agents are waiting'], []]);
  });
});

describe('many at once', () => {
  it('are one notice, with names and the age of the oldest', () => {
    const w = watch({
      'rate-limit': 'working',
      'auth-refactor': 'working',
      'checkout-flow': 'working',
      'tf-upgrade': 'working',
    });
    w.pass(20 * minute);
    w.is({ 'rate-limit': 'asks-permission' }, { since: start + 8 * minute });
    w.is({ 'auth-refactor': 'asks-you' }, { since: start + 16 * minute });
    w.is({ 'checkout-flow': 'asks-permission' }, { since: start + 19 * minute });
    w.is({ 'tf-upgrade': 'asks-you' });
    w.pass(minute);
    expect(w.told.map(({ notice: { title, body } }) => ({ title, body }))).toEqual([
      {
        title: '4 agents are waiting',
        body: 'rate-limit, auth-refactor, checkout-flow and tf-upgrade, the oldest for 12 minutes',
      },
    ]);
  });

  it('are two notices when they are two', () => {
    const w = watch({ a: 'working', b: 'working' });
    w.is({ a: 'asks-you', b: 'asks-you' });
    w.pass(minute);
    expect(w.titles()).toEqual(['a asks you', 'b asks you']);
  });

  it('are gathered for ten seconds when they come one after the other, and take the place of the first two', () => {
    const w = watch({ a: 'working', b: 'working', c: 'working', d: 'working' });
    for (const id of ['a', 'b', 'c', 'd']) {
      w.is({ [id]: 'asks-you' });
      w.pass(2 * second);
    }
    w.pass(minute);
    expect([w.told.map(({ at, notice }) => [at, notice.title]), w.open()]).toEqual([
      [
        [settling, 'a asks you'],
        [2 * second + settling, 'b asks you'],
        [settling + gathering, '4 agents are waiting'],
      ],
      ['4 agents are waiting'],
    ]);
  });

  it('are one notice a kind', () => {
    const all = Array.from({ length: 30 }, (_, n) => `s${n}`);
    const w = watch(Object.fromEntries(all.map((id) => [id, 'working'])));
    w.is(Object.fromEntries(all.map((id, n) => [id, (['asks-you', 'crashed', 'done'] as const)[n % 3] ?? 'done'])));
    w.pass(10 * minute);
    expect(w.titles()).toEqual(['10 agents are waiting', '10 agents are broken', '10 agents have finished']);
  });
});

describe('flapping and clocks', () => {
  it('tells once what flaps within ten seconds', () => {
    const w = watch({ a: 'working' });
    for (let n = 0; n < 5; n += 1) {
      w.is({ a: 'asks-you' });
      w.pass(1500);
      w.is({ a: 'working' });
      w.pass(400);
    }
    w.pass(10 * minute);
    expect(w.titles()).toEqual(['a asks you']);
  });

  it('tells what flaps too fast to ever settle', () => {
    const w = watch({ a: 'working' });
    for (let n = 0; n < 5; n += 1) {
      w.is({ a: 'asks-you' });
      w.pass(settling - 100);
      w.is({ a: 'working' });
      w.pass(100);
    }
    expect(w.titles()).toEqual(['a asks you']);
  });

  it('tells a second question of a session not before a minute has passed', () => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' });
    w.pass(5 * second);
    w.is({ a: 'working' });
    w.pass(20 * second);
    w.is({ a: 'asks-you' });
    w.pass(5 * minute);
    expect(w.told.map(({ at }) => at)).toEqual([settling, settling + repeating]);
  });

  it.each([-10 * 365 * 24 * 60, -60, 60, 10 * 365 * 24 * 60])(
    'bears a wall clock that is turned by %d minutes',
    (minutes) => {
      const w = watch({ a: 'working', b: 'working' });
      w.is({ a: 'asks-you' });
      w.pass(settling);
      w.turnClock(minutes * minute);
      w.pass(5 * minute);
      w.is({ b: 'asks-you' });
      w.pass(5 * minute);
      expect([w.titles(), w.open()]).toEqual([
        ['a asks you', 'b asks you'],
        ['a asks you', 'b asks you'],
      ]);
    },
  );

  it('loses nothing when the wall clock is put back meanwhile', () => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' });
    w.turnClock(-60 * minute);
    w.pass(5 * second);
    w.is({ a: 'working' });
    w.turnClock(-60 * minute);
    w.pass(minute);
    w.is({ a: 'asks-you' });
    w.pass(2 * minute);
    expect(w.titles()).toEqual(['a asks you', 'a asks you']);
  });

  it('tells one thing after a night in which everything was lost', () => {
    const all = Array.from({ length: 50 }, (_, n) => `s${n}`);
    const w = watch(Object.fromEntries(all.map((id) => [id, 'working'])));
    w.pass(minute);
    w.sleep(8 * 60 * minute);
    w.is(Object.fromEntries(all.map((id) => [id, 'lost'])));
    w.pass(10 * minute);
    expect(w.titles()).toEqual(['50 agents are broken']);
  });
});

describe('the words', () => {
  it.each([
    ['<b>bold</b> & "quoted"', '<b>bold</b> & "quoted" asks you'],
    ['two\nlines\r\u0000\u001b[31m', 'two lines [31m asks you'],
    ['\u202Egnp\u2066', 'gnp asks you'],
    ['\u200b', 'a asks you'],
  ])('make one printable line of the name %j', (name, title) => {
    const w = watch({ a: 'working' });
    w.is({ a: 'asks-you' }, { name });
    w.pass(settling);
    expect(w.titles()).toEqual([title]);
  });

  it.each(screenStateSchema.options)('are cut when a session that is %s says a megabyte', (state) => {
    const w = watch({ a: 'working' });
    w.is({ a: state }, { name: '🦉'.repeat(500_000), because: 'x\n'.repeat(500_000) });
    w.pass(settling);
    for (const { notice } of w.told) expect([[...notice.title].length, [...notice.body].length]).toEqual([80, 200]);
  });

  it('of a bundle name four, say how many more, and fit', () => {
    const all = Array.from({ length: 40 }, (_, n) => `s${n}`);
    const w = watch(Object.fromEntries(all.map((id) => [id, 'working'])));
    w.pass(10 * minute);
    w.is(Object.fromEntries(all.map((id) => [id, 'asks-you'])), {
      name: 'long '.repeat(100),
      since: start + 5 * minute,
    });
    w.pass(settling);
    const [one] = w.told;
    expect(one?.notice.body).toMatch(/^(long.{20,26}…, ){4}$|^long.*, the oldest for 5 minutes$/);
    expect(one?.notice.body).toContain(' and 36 more');
    expect([...(one?.notice.body ?? '')].length).toBeLessThanOrEqual(200);
  });
});

describe('nothing is told', () => {
  it('of a session that is muted, for as long as it is', () => {
    const w = watch({ a: 'working', b: 'working', c: 'working' });
    w.is({ a: 'asks-you' }, { muted: { until: null } });
    w.is({ b: 'asks-you' }, { muted: { until: start + minute } });
    w.is({ c: 'asks-you' }, { muted: { until: start - minute } });
    w.pass(10 * minute);
    expect(w.titles()).toEqual(['c asks you']);
  });

  const always: QuietHours = { ...noQuietHours, on: true, from: '00:00', to: '00:00' };
  it.each<readonly [string, Partial<Settings>, readonly string[]]>([
    ['in quiet hours, but what is urgent', { quietHours: always }, ['a asks you']],
    ['in quiet hours that nothing passes', { quietHours: { ...always, urgentPasses: false } }, []],
    ['while all are muted, urgent or not', { mutedUntil: start + minute }, []],
    ['that is switched off', { notifyWaiting: false, notifyReady: false }, ['c is done']],
  ])('%s', (_name, settings, titles) => {
    const w = watch({ a: 'working', b: 'working', c: 'working' });
    w.set(settings);
    w.is({ a: 'asks-you', b: 'ready-to-land', c: 'done' });
    w.pass(10 * minute);
    expect(w.titles()).toEqual(titles);
  });

  it('here that goes elsewhere', () => {
    const views = [session('a', 'crashed', { createdAt: start }), session('b', 'done', { createdAt: start })];
    const facts = { settings: defaultSettings, isInSight: () => false };
    const first = lookForNotices(noNotices, { ...facts, sessions: [], now: start });
    const step = lookForNotices(first.state, {
      ...facts,
      sessions: views,
      now: start,
      isRouted: (is) => is === 'info',
    });
    const { tell } = lookForNotices(step.state, {
      ...facts,
      sessions: views,
      now: start + settling,
      isRouted: (is) => is === 'info',
    });
    expect(tell.map(({ title, priority }) => [title, priority])).toEqual([['b is done', 'info']]);
  });
});

describe('what somebody else told', () => {
  const told = (kind: Notice['kind'], ...sessions: string[]) => ({
    ...{ at: start - second },
    notice: { id: `theirs-${kind}`, kind, priority: 'urgent', sessions, title: '', body: '' } satisfies Notice,
  });
  const facts = { settings: defaultSettings, isInSight: () => false };

  it('is not told again, and is taken back when it is over', () => {
    const asks = [session('a', 'asks-you', { since: start - second })];
    const first = lookForNotices(noNotices, { ...facts, sessions: asks, now: start });
    const state = takeUp({ ...first.state, known: new Map([['a', null]]) }, [told('waiting', 'a')]);
    const later = lookForNotices(state, { ...facts, sessions: asks, now: start + minute });
    const over = lookForNotices(later.state, {
      ...facts,
      sessions: [session('a', 'working')],
      now: start + 2 * minute,
    });
    expect([later.tell, later.withdraw, over.withdraw]).toEqual([[], [], ['theirs-waiting']]);
  });

  it('is told when nobody did', () => {
    const asks = [session('a', 'asks-you', { since: start - second })];
    const first = lookForNotices(noNotices, { ...facts, sessions: asks, now: start });
    const missed = lookForNotices(
      { ...first.state, known: new Map([['a', null]]) },
      { ...facts, sessions: asks, now: start },
    );
    const { tell } = lookForNotices(missed.state, { ...facts, sessions: asks, now: start + settling });
    expect(tell.map(({ title }) => title)).toEqual(['a asks you']);
  });
});

describe('whatever happens', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
    'tells little, and nothing that is not so (seed %i)',
    (seed) => {
      const random = randomFrom(seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      const ids = Array.from({ length: 12 }, (_, n) => `s${n}`);
      const w = watch(Object.fromEntries(ids.slice(0, 8).map((id) => [id, pick(screenStateSchema.options)])));
      for (let n = 0; n < 300; n += 1) {
        const what = random();
        if (what < 0.8) w.is({ [pick(ids)]: random() < 0.05 ? null : pick(screenStateSchema.options) });
        else if (what < 0.85) w.sees(pick([...ids, null]));
        else if (what < 0.9) w.set({ notifyWaiting: random() < 0.8, notifyFinished: random() < 0.8 });
        else w.sleep(random() * 3000);
        w.pass(Math.floor(random() ** 3 * 20 * second));
      }
      w.pass(10 * minute);
      for (const kind of noticeKinds) {
        const told = w.told.filter(({ notice }) => notice.kind === kind);
        const news = told.flatMap(({ at, notice, replaces }) =>
          notice.sessions
            .filter((id) => !replaces.some(({ sessions }) => sessions.includes(id)))
            .map((id) => ({ at, id })),
        );
        for (const id of ids)
          expectApart(
            news.filter((one) => one.id === id).map(({ at }) => at),
            repeating,
          );
        // Of three in a row, the first and the last are apart.
        const at = told.map((one) => one.at);
        for (const [n, time] of at.entries()) expect((at[n + 2] ?? Infinity) - time).toBeGreaterThanOrEqual(gathering);
        expect(told.filter(({ notice }) => notice.sessions.length === 0 || notice.sessions.length === 2)).toEqual([]);
      }
    },
  );
});

function expectApart(times: readonly number[], ms: number): void {
  for (const [n, time] of times.entries()) expect((times[n + 1] ?? Infinity) - time).toBeGreaterThanOrEqual(ms);
}

/** Numbers in [0, 1): mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
