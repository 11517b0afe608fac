import { expect, it } from 'vitest';
import type { CoordinatorView } from '#shared/domain/coordinator-view.ts';
import { coordinatorRows, limitLines, metaLines, scopeText } from './coordinator-text.ts';

const meta: CoordinatorView = {
  ...{ id: 'chief', kind: 'meta-orchestrator', project: null, configured: true, scope: 'all', discover: true },
  ...{ leads: ['api', 'web'], session: { state: 'working', status: 'working', live: true } },
  ...{ workers: ['api-3'], peers: ['web-1'], spawningPaused: false, asks: false },
};

it.each([
  ['all' as const, 'all registered projects'],
  [{ projects: ['api', 'web'] }, 'projects: api, web'],
  [null, 'not in config.yaml any more'],
])('says the scope %j', (scope, text) => expect(scopeText(scope)).toBe(text));

it('says what a meta orchestrator leads, and honestly that it discovers nothing', () => {
  expect(metaLines(meta)).toEqual([
    'chief: working',
    'Scope: all registered projects (api, web)',
    'Discover: on, as a wish: it sees the projects that are registered, and finds no others by itself.',
    'Its live workers: api-3',
    'Others in its projects: web-1',
  ]);
  expect(
    metaLines({
      ...{ ...meta, session: null, discover: false, workers: [], peers: [], leads: [], spawningPaused: true },
    }),
  ).toEqual([
    'chief: not started, spawning paused',
    'Scope: all registered projects (no project yet)',
    'Discover: off.',
    'It has no live workers.',
  ]);
});

it('lists all that lead in one table', () => {
  expect(
    coordinatorRows([meta, { ...meta, session: null, configured: false, spawningPaused: true, leads: [], asks: true }]),
  ).toEqual([
    ['ID', 'KIND', 'STATE', 'LEADS', 'WORKERS', ''],
    ['chief', 'meta', 'working', 'api, web', '1', ''],
    ['chief', 'meta', 'not started', '(none)', '1', 'asks before it acts, spawning paused, not in config.yaml'],
  ]);
});

it('says how much they may, and whether they may at all', () => {
  const limits = { workers: 10, spawnsPerHour: 30, depth: { orchestrator: 1, 'meta-orchestrator': 2 } };
  expect(limitLines({ permissionless: false, limits, coordinators: [] })).toEqual([
    'Each may have 10 live workers and start 30 sessions an hour; levels below: 1, of a meta orchestrator 2.',
    'You have not agreed that they act without asking: none is started, but for those that config.yaml makes ask.',
  ]);
});
