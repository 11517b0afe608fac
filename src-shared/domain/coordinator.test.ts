import { describe, expect, it } from 'vitest';
import {
  coordinatorScopeSchema,
  isCoordinator,
  metaNameSchema,
  metaProject,
  orchestratorBranch,
  orchestratorId,
  orchestratorStrategy,
  projectsInScope,
  sessionProjectSchema,
} from './coordinator.ts';
import { projectIdSchema } from './identifier.ts';

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

it.each(['', '.', '..', 'a/b', 'a b', '_meta', '-rf', 'con', 'x'.repeat(129)])(
  'takes no %j for the name of a meta orchestrator',
  (name) => expect(metaNameSchema.safeParse(name).success).toBe(false),
);

describe('a scope', () => {
  const known = ['web', 'api', 'docs'];
  it.each([
    ['all, in their order', 'all', known],
    ['a list, in the order of the projects', { projects: ['docs', 'web'] }, ['web', 'docs']],
    ['a list with a project that is not there', { projects: ['gone', 'api'] }, ['api']],
  ] as const)('is %s', (_, scope, projects) => {
    expect(projectsInScope(coordinatorScopeSchema.parse(scope), known)).toEqual(projects);
  });
  it('is not empty', () => {
    expect(coordinatorScopeSchema.safeParse({ projects: [] }).success).toBe(false);
  });
});

it.each([
  ['reuse', 'reuse'],
  ['delete', 'delete'],
  ['ignore', 'ignore'],
  ['kill-previous', 'delete'],
  ['delete-new', 'delete'],
  ['ignore-new', 'ignore'],
  ['constructor', null],
  ['', null],
])('understands the strategy %j as %j', (word, strategy) => expect(orchestratorStrategy(word)).toBe(strategy));
