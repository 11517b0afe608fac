import { describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { ledBelow, othersKey, progressOf, treeOf, type TreeFilter } from './led-tree.ts';
import { chainOf, leaderOf, parentOf } from './leaders.ts';

const session = (id: string, project: string, more: Partial<SessionView> = {}): SessionView =>
  ({
    ...{ id, project, name: id, kind: 'worker', owner: { kind: 'project' }, spawnedBy: 'person', state: 'working' },
    ...{ leads: null, archived: false, ...more },
  }) as SessionView;
const lead = (project: string, more: Partial<SessionView> = {}): SessionView =>
  session(`${project}-orchestrator`, project, { kind: 'orchestrator', leads: [project], ...more });
const meta = (id: string, leads: string[]): SessionView => session(id, '_meta', { kind: 'meta-orchestrator', leads });

const release = meta('release', ['api', 'web']);
const [api, web] = [lead('api', { spawnedBy: 'release' }), lead('web')];
const own = { owner: { kind: 'meta', name: 'release' }, spawnedBy: 'release' } as const;
const all = [
  ...[release, api, web],
  session('api-1', 'api', { spawnedBy: 'api-orchestrator' }),
  session('api-2', 'api', { spawnedBy: 'api-orchestrator', state: 'asks-you' }),
  session('api-3', 'api', { state: 'done' }),
  session('web-1', 'web', { spawnedBy: 'web-orchestrator', state: 'stuck' }),
  session('web-2', 'web', { ...own, state: 'merged' }),
  session('docs-1', 'docs', {}),
];
const by = (id: string): SessionView => all.find((each) => each.id === id) ?? release;

/** `  api-1` for a row of level 2; those that others lead in brackets. */
const drawn = (root: SessionView, filter: TreeFilter = 'all', switched: readonly string[] = []): readonly string[] =>
  treeOf(root, all, { filter, switched: new Set(switched) }).map((row) => {
    const indent = ' '.repeat(row.level - 1);
    if (row.kind === 'others') return `${indent}+${row.count}`;
    return indent + (row.elsewhere ? `(${row.session.id})` : row.session.id) + (row.open === false ? ' …' : '');
  });

describe('who leads whom', () => {
  it.each([
    ['api-1', 'api-orchestrator', 'api-orchestrator'],
    ['api-3', 'api-orchestrator', 'api-orchestrator'],
    ['web-2', 'release', 'release'],
    ['api-orchestrator', null, 'release'],
    ['web-orchestrator', null, null],
    ['docs-1', null, null],
  ])('%s is led by %s and stands below %s', (id, leader, parent) => {
    expect([leaderOf(by(id), all)?.id ?? null, parentOf(by(id), all)?.id ?? null]).toEqual([leader, parent]);
  });

  it('goes up to the last, and never round', () => {
    expect(chainOf(by('api-1'), all).map(({ id }) => id)).toEqual(['api-1', 'api-orchestrator', 'release']);
    const ring = [session('a', 'x', { spawnedBy: 'b' }), session('b', 'x', { spawnedBy: 'a' })];
    expect(ring.map((each) => chainOf(each, ring).length)).toEqual([2, 2]);
    const selfMade = session('a', 'x', { spawnedBy: 'a' });
    expect(chainOf(selfMade, [selfMade])).toEqual([selfMade]);
  });
});

describe('a tree', () => {
  it('has whom a coordinator had made and answers for, those that want somebody first', () => {
    expect(drawn(api)).toEqual(['api-orchestrator', ' api-2', ' api-1', ' api-3']);
  });

  it('has coordinators below coordinators, and on demand those that others lead in its projects', () => {
    const mine = ['release', ' api-orchestrator', '  api-2', '  api-1', '  api-3', ' web-2'];
    expect(drawn(release)).toEqual([...mine, ' +2']);
    expect(drawn(release, 'all', [othersKey])).toEqual([...mine, ' +2', '  (web-orchestrator)', '   (web-1)']);
  });

  it("shows in its project the worker of a meta orchestrator as another one's", () => {
    expect(drawn(web, 'all', [othersKey])).toEqual(['web-orchestrator', ' web-1', ' +1', '  (web-2)']);
  });

  it('is closed where somebody closed it', () => {
    expect(drawn(release, 'all', ['api-orchestrator'])).toEqual(['release', ' api-orchestrator …', ' web-2', ' +2']);
    expect(drawn(release, 'all', ['release'])).toEqual(['release …', ' +2']);
  });

  it.each<[TreeFilter, readonly string[]]>([
    ['waiting', ['release', ' api-orchestrator', '  api-2']],
    ['broken', ['release', ' +2', '  (web-orchestrator)', '   (web-1)']],
    ['done', ['release', ' api-orchestrator', '  api-3', ' web-2']],
  ])('shows those that are %s with the way to them, whatever is closed', (filter, rows) => {
    expect(drawn(release, filter, ['release', 'api-orchestrator'])).toEqual(rows);
  });

  it('comes to an end whatever the records say', () => {
    const root = lead('x', { spawnedBy: 'x-1' });
    const ring = [root, session('x-1', 'x', { spawnedBy: 'x-orchestrator' })];
    expect(treeOf(root, ring, { filter: 'all', switched: new Set() }).map(({ key }) => key)).toEqual([
      ...['x-orchestrator', 'x-1'],
    ]);
  });
});

it('counts workers on all levels, and neither coordinators nor what was stopped', () => {
  const stopped = session('api-4', 'api', { state: 'stopped' });
  expect(progressOf(ledBelow(release, [...all, stopped]))).toEqual({ done: 2, of: 4, waiting: 1, broken: 0 });
  expect(progressOf([])).toEqual({ done: 0, of: 0, waiting: 0, broken: 0 });
});
