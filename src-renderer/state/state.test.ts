import { describe, expect, it } from 'vitest';
import { noWork } from '#shared/domain/set-up.ts';
import { untouchedProject, type ProjectView } from '#shared/domain/project.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { age, seconds } from '../lib/age.ts';
import { mirrorFeed } from './feed-mirror.ts';
import { countStates, groupSwitches, neighbour, sidebarRows } from './sidebar-rows.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { titleOf } from './title.ts';
import { createView, placeFromHash, placeToHash, type Place } from './view.ts';

describe('a mirrored feed', () => {
  const start = () => {
    const mirror = mirrorFeed<{ id: string; at: number }>({
      idOf: ({ id }) => id,
      order: (a, b) => a.at - b.at,
      onEnd: () => undefined,
    });
    let told = 0;
    mirror.items.subscribe(() => (told += 1));
    return { mirror, told: () => told };
  };

  it('has nothing to say before the first snapshot', () => {
    const { mirror } = start();
    expect([mirror.items.get(), mirror.after()]).toEqual([null, undefined]);
  });

  it('applies changes in order and goes on after the last number', () => {
    const { mirror, told } = start();
    mirror.listener.onSnapshot(
      [
        { id: 'b', at: 2 },
        { id: 'a', at: 1 },
      ],
      10,
    );
    mirror.listener.onChange({ kind: 'upsert', item: { id: 'c', at: 0 } }, 11);
    mirror.listener.onChange({ kind: 'remove', id: 'a' }, 14);
    expect([mirror.items.get(), mirror.after(), told()]).toEqual([
      [
        { id: 'c', at: 0 },
        { id: 'b', at: 2 },
      ],
      14,
      3,
    ]);
  });

  it('forgets what a later snapshot does not have', () => {
    const { mirror } = start();
    mirror.listener.onSnapshot([{ id: 'a', at: 1 }], 1);
    mirror.listener.onSnapshot([{ id: 'b', at: 1 }], 5);
    expect(mirror.items.get()).toEqual([{ id: 'b', at: 1 }]);
  });
});

describe('the view', () => {
  const home: Place = { kind: 'home' };
  const one: Place = { kind: 'session', id: 'a-1' };
  const two: Place = { kind: 'session', id: 'a-2' };

  it('goes back and forward, and forgets forward when it goes elsewhere', () => {
    const view = createView();
    view.go(one);
    view.go(one);
    view.go(two);
    view.goBack();
    const back = view.get().place;
    view.goForward();
    const forward = view.get().place;
    view.goBack();
    view.go(home);
    view.goForward();
    expect([back, forward, view.get().place, view.get().back]).toEqual([one, two, home, [home, one]]);
  });

  it.each<Place>([home, one, { kind: 'spawn', request: 'x' }, { kind: 'settings' }, { kind: 'welcome' }])(
    'comes back to %j by the address',
    (place) => {
      expect(placeFromHash(placeToHash(place))).toEqual(place);
    },
  );

  it.each(['', '#', '#/session/', '#/session/%', '#/nonsense', '#/__proto__/x'])('shows something for %j', (hash) => {
    expect(['home', 'session']).toContain(placeFromHash(hash).kind);
  });
});

const project = (id: string): ProjectView => ({
  id,
  name: id,
  path: `/${id}`,
  prefix: id,
  defaultBranch: 'main',
  work: noWork,
  state: 'ready',
  problem: null,
  ...untouchedProject,
});
const session = (id: string, of: string, state: SessionView['state']): SessionView =>
  ({
    ...{ id, project: of, state, name: id, exit: null, kind: 'worker', owner: { kind: 'project' } },
    ...{ spawnedBy: 'person', leads: null, archived: false, pinned: false },
  }) as unknown as SessionView;
const lead = (id: string, of: string, state: SessionView['state'] = 'working'): SessionView => ({
  ...session(id, of, state),
  ...(of === '_meta' ? { kind: 'meta-orchestrator', leads: ['a'] } : { kind: 'orchestrator', leads: [of] }),
});
const spawn = (request: string, of: string, state: SpawnView['state'], id: string | null = null): SpawnView =>
  ({
    request,
    session: id,
    state,
    input: { project: of },
    name: request,
    steps: [],
    makes: 'worker',
  }) as unknown as SpawnView;

describe('the sidebar', () => {
  const rowsOf = (input: Partial<Parameters<typeof sidebarRows>[0]>) =>
    sidebarRows({ projects: [], sessions: [], spawns: [], closed: new Set(), ...input });

  it('puts what wants somebody first and what has ended last, and keeps the order otherwise', () => {
    const sessions = [
      session('x-1', 'x', 'done'),
      session('x-2', 'x', 'idle'),
      session('x-3', 'x', 'crashed'),
      session('x-4', 'x', 'working'),
      session('x-5', 'x', 'asks-you'),
    ];
    const ids = rowsOf({ sessions }).flatMap((row) => (row.kind === 'session' ? [row.session.id] : []));
    expect(ids).toEqual(['x-5', 'x-3', 'x-2', 'x-4', 'x-1']);
  });

  it('counts whoever leads only where something is to be done', () => {
    const rows = rowsOf({
      projects: [project('api')],
      sessions: [
        lead('chief', '_meta'),
        lead('api-orchestrator', 'api', 'asks-you'),
        session('api-1', 'api', 'working'),
      ],
    });
    const heads = rows.flatMap((row) => (row.kind === 'project' ? [row] : []));
    expect(heads.map(({ name, problem, counts: { working, waiting } }) => [name, problem, working, waiting])).toEqual([
      ['api', null, 1, 1],
    ]);
  });

  it('lists spawns before sessions, under their project', () => {
    const rows = rowsOf({
      projects: [project('api'), project('web')],
      sessions: [session('web-1', 'web', 'working')],
      spawns: [spawn('r', 'web', 'failed')],
    });
    expect(rows.map(({ key }) => key)).toEqual([
      ...['project:api', 'no-orchestrator:api'],
      ...['project:web', 'no-orchestrator:web', 'spawn:r', 'session:web-1'],
    ]);
  });

  it('shows one row for a spawn and its session, whichever says more', () => {
    const sessions = (state: SessionView['state']) =>
      rowsOf({
        projects: [project('a')],
        sessions: [session('a-1', 'a', state)],
        spawns: [spawn('r', 'a', 'running', 'a-1')],
      })
        .slice(2)
        .map(({ key }) => key);
    expect([sessions('starting'), sessions('working')]).toEqual([['spawn:r'], ['session:a-1']]);
  });

  it('keeps sessions of a project that is gone', () => {
    expect(rowsOf({ sessions: [session('x-1', 'gone', 'idle')] }).map(({ key }) => key)).toEqual([
      'project:gone',
      'session:x-1',
    ]);
  });

  it('says the worst and the counts of a closed project', () => {
    const [head, ...rest] = rowsOf({
      projects: [project('a')],
      sessions: [session('a-1', 'a', 'working'), session('a-2', 'a', 'crashed'), session('a-3', 'a', 'asks-you')],
      closed: new Set(['a']),
    });
    expect([head, rest]).toMatchObject([
      { closed: true, worst: 'asks-you', counts: { waiting: 1, broken: 1, working: 1 } },
      [],
    ]);
  });

  it('puts the pinned on top and the archive at the end, closed until somebody opens it', () => {
    const sessions = [
      session('a-1', 'a', 'idle'),
      { ...session('a-2', 'a', 'done'), archived: true },
      { ...session('b-1', 'b', 'working'), pinned: true },
    ];
    const keysOf = (closed: string[]) =>
      rowsOf({ projects: [project('a'), project('b')], sessions, closed: new Set(closed) }).map(({ key }) => key);
    const [top, projects] = [
      ['group:pinned', 'session:b-1'],
      ['project:a', 'no-orchestrator:a', 'session:a-1', 'project:b', 'no-orchestrator:b'],
    ];
    expect(keysOf([])).toEqual([...top, ...projects, 'group:archive']);
    expect(keysOf([groupSwitches.pinned, groupSwitches.archive])).toEqual([
      ...['group:pinned', ...projects, 'group:archive', 'session:a-2'],
    ]);
  });

  it('puts who leads a project before its sessions, and counts it among none of them', () => {
    const sessions = [
      session('a-1', 'a', 'asks-you'),
      lead('a-orchestrator', 'a'),
      { ...session('a-2', 'a', 'merged'), owner: { kind: 'meta' as const, name: 'release' } },
      lead('release', '_meta', 'idle'),
    ];
    const rows = rowsOf({ projects: [project('a')], sessions, metas: ['release', 'later'] });
    expect(rows.map(({ key }) => key)).toEqual([
      ...['session:release', 'idle-meta:later', 'project:a'],
      ...['session:a-orchestrator', 'session:a-1', 'session:a-2'],
    ]);
    expect(rows).toMatchObject([
      { kind: 'coordinator', progress: { done: 1, of: 1 } },
      { kind: 'idle-meta' },
      { sessions: 2, startable: false, counts: { working: 0, waiting: 1, finished: 1 } },
      { kind: 'coordinator', progress: null },
      ...[{ kind: 'session' }, { kind: 'session' }],
    ]);
    expect(countStates([lead('a-orchestrator', 'a', 'asks-you')])).toMatchObject({ waiting: 1, idle: 0 });
  });

  it('shows one that leads while it is made, and none where the project is not usable', () => {
    const making = { ...spawn('r', 'a', 'running'), makes: 'orchestrator' } as SpawnView;
    const degraded: ProjectView = { ...project('b'), state: 'degraded', problem: 'gone' };
    expect(rowsOf({ projects: [project('a'), degraded], spawns: [making] }).map(({ key }) => key)).toEqual([
      ...['project:a', 'spawn:r', 'project:b'],
    ]);
    const meta = { ...spawn('m', '_meta', 'running', 'release'), makes: 'meta-orchestrator' } as SpawnView;
    const begins = [lead('release', '_meta', 'starting')];
    expect(rowsOf({ spawns: [meta], sessions: begins, metas: ['release'] }).map(({ key }) => key)).toEqual(['spawn:m']);
  });

  it('steps round its ends', () => {
    const rows = rowsOf({
      projects: [project('a')],
      sessions: [session('a-1', 'a', 'idle'), session('a-2', 'a', 'idle')],
    });
    expect([
      neighbour(rows, { kind: 'session', id: 'a-2' }, 1),
      neighbour(rows, { kind: 'home' }, -1),
      neighbour([], { kind: 'home' }, 1),
    ]).toEqual([{ kind: 'session', id: 'a-1' }, { kind: 'session', id: 'a-2' }, null]);
  });
});

it('makes a UUIDv7 of its time', () => {
  expect(uuidv7(0x0123456789ab, new Uint8Array(16).fill(0xff))).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
});

it.each([
  [0, 'now'],
  [59_999, 'now'],
  [12 * 60_000, '12m'],
  [2 * 3_600_000, '2h'],
  [50 * 3_600_000, '2d'],
])('an age of %d ms is %s', (spent, expected) => {
  expect(age(1000, 1000 + spent)).toBe(expected);
});

it('seconds are short', () => {
  expect([seconds(-5), seconds(440), seconds(12_300), seconds(185_000)]).toEqual([
    '0.0 s',
    '0.4 s',
    '12 s',
    '3 min 5 s',
  ]);
});

it.each([
  [null, 0, 'Athene'],
  [null, 3, '(3) Athene'],
  ['rate-limit', 0, 'rate-limit – Athene'],
  ['rate-limit', 1, '(1) rate-limit – Athene'],
])('the title of %j with %d waiting', (name, waiting, title) => {
  expect(titleOf(name, waiting)).toBe(title);
});
