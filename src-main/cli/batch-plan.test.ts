import { expect, it } from 'vitest';
import { planBatch } from './batch-plan.ts';

const session = (
  id: string,
  issue: string | null,
  status: 'working' | 'killed' | 'merged' = 'working',
  project = 'api',
) => ({
  ...{ id, project, issue, status },
});

it.each([
  ['all that are free', ['7', '8'], [], ['7', '8'], []],
  [
    'none that a living session owns, however it is written',
    ['#7', ' 8 '],
    [session('api-1', '7')],
    [' 8 '],
    ['#7: api-1 already owns it'],
  ],
  [
    'those whose session is over',
    ['7', '8'],
    [session('api-1', '7', 'killed'), session('api-2', '8', 'merged')],
    ['7', '8'],
    [],
  ],
  [
    'each once, whatever the case',
    ['KEY-1', 'key-1', '#KEY-1'],
    [],
    ['KEY-1'],
    ['key-1: it is named twice', '#KEY-1: it is named twice'],
  ],
  [
    'an address and its number as one',
    ['https://github.com/acme/api/issues/7', '7'],
    [],
    ['https://github.com/acme/api/issues/7'],
    ['7: it is named twice'],
  ],
  ['what another project owns', ['7'], [session('web-1', '7', 'working', 'web')], ['7'], []],
])('spawns %s', (_, issues, sessions, spawned, skipped) => {
  const items = issues.map((issue) => ({ given: issue, target: { project: 'api', issue } }));
  const plan = planBatch(items, sessions);
  expect(plan.filter(({ skip }) => skip === null).map(({ given }) => given)).toEqual(spawned);
  expect(plan.flatMap(({ given, skip }) => (skip === null ? [] : [`${given}: ${skip}`]))).toEqual(skipped);
});

it('puts those of one project together', () => {
  const items = [
    ['web/1', 'web', '1'],
    ['api/1', 'api', '1'],
    ['web/2', 'web', '2'],
  ].map(([given = '', project = '', issue = '']) => ({ given, target: { project, issue } }));
  expect(planBatch(items, []).map(({ given }) => given)).toEqual(['web/1', 'web/2', 'api/1']);
});
