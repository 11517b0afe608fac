import { describe, expect, it } from 'vitest';
import {
  isCoordinator,
  metaNameSchema,
  metaProject,
  orchestratorBranch,
  orchestratorId,
  orchestratorStrategySchema,
  projectsInScope,
  sessionProjectSchema,
} from './coordinator.ts';
import { projectIdSchema } from './identifier.ts';
import { metaOrchestratorSchema } from './meta-orchestrator.ts';

it('tells coordinators from workers', () => {
  expect((['worker', 'orchestrator', 'meta-orchestrator'] as const).map(isCoordinator)).toEqual([false, true, true]);
});

it('names the orchestrator of a project and its branch after the prefix', () => {
  expect([orchestratorId('api'), orchestratorBranch(orchestratorId('api'))]).toEqual([
    'api-orchestrator',
    'orchestrator/api-orchestrator',
  ]);
});

it('keeps a place for meta orchestrators that no project can have', () => {
  expect(projectIdSchema.safeParse(metaProject).success).toBe(false);
  expect(['api', metaProject].map((id) => sessionProjectSchema.safeParse(id).success)).toEqual([true, true]);
  expect(sessionProjectSchema.safeParse('_other').success).toBe(false);
});

describe('a scope', () => {
  const known = ['web', 'api', 'docs'];
  it.each([
    ['all, in their order', 'all', known],
    ['a list, in the order of the projects', { projects: ['docs', 'web'] }, ['web', 'docs']],
    ['a list with a project that is not there', { projects: ['gone', 'api'] }, ['api']],
  ] as const)('is %s', (_, scope, projects) => {
    expect(projectsInScope(metaOrchestratorSchema.parse({ scope }).scope, known)).toEqual(projects);
  });
  it('is not empty', () => {
    expect(metaOrchestratorSchema.safeParse({ scope: { projects: [] } }).success).toBe(false);
  });
});

it.each([
  ['reuse', 'reuse'],
  ['delete', 'delete'],
  ['ignore', 'ignore'],
  ['kill-previous', 'delete'],
  ['delete-new', 'delete'],
  ['ignore-new', 'ignore'],
  ['constructor', undefined],
  ['', undefined],
])('understands the strategy %j as %j', (word, strategy) =>
  expect(orchestratorStrategySchema.safeParse(word).data).toBe(strategy),
);

it.each(['', '.', '..', 'a/b', 'a b', '_meta', '-rf', 'con', 'x'.repeat(129)])(
  'takes no %j for the name of a meta orchestrator',
  (name) => expect(metaNameSchema.safeParse(name).success).toBe(false),
);
