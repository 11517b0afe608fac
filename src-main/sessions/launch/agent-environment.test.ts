import { expect, it } from 'vitest';
import { sampleRecord } from '../../storage/fixtures/scratch-home.ts';
import { homePaths } from '../../storage/paths.ts';
import { codex } from '../../plugins/agents/definitions/codex/definition.ts';
import { agentEnvironment, workspaceEnvironment } from './agent-environment.ts';

const paths = homePaths({ HOME: '/nowhere' });
/** All that anybody could set, with whose value it is. */
const from = (whose: string): Record<string, string> =>
  Object.fromEntries(
    ['A', 'TERM', 'PATH', 'GH_PATH', 'ATHENE_SESSION', 'AO_PROJECT_ID', 'ATHENE_TOKEN', 'AO_MINE'].map((name) => [
      name,
      whose,
    ]),
  );
const task = (kind: 'worker' | 'orchestrator' | 'meta-orchestrator') => ({
  dependencies: { paths },
  record: sampleRecord('app-7', { kind }),
  definition: codex,
  project: { env: { ...from('project'), B: 'project' } },
  login: {
    env: { A: 'login', B: 'login', C: 'login', GH_PATH: 'login', PATH: '/usr/bin' },
    shell: '/bin/sh',
    problem: null,
  },
});
const launch = { env: { A: 'agent', B: 'agent', D: 'agent' }, firstOnPath: ['/first'] };
const expected = {
  ...{ A: 'project', B: 'project', C: 'login', D: 'agent', TERM: 'project' },
  ...{ PATH: '/first:/usr/bin', GH_PATH: 'login' },
  ...{ ATHENE_SESSION: 'app-7', AO_SESSION: 'app-7', AO_MINE: 'project', ATHENE_MINE: 'project' },
};

it.each(['worker', 'orchestrator', 'meta-orchestrator'] as const)(
  "a %s has the project's variables after its agent's, and before PATH and Athene's own",
  (kind) => {
    const token = { text: 'secret', hash: 'x' };
    const env = agentEnvironment(task(kind), launch, token);
    expect(env).toMatchObject({ ...expected, ATHENE_TOKEN: 'secret', AO_TOKEN: 'secret', ATHENE_PROJECT_ID: 'app' });
    expect([env['AO_META_NAME'], env['AO_CALLER_TYPE']]).toEqual(
      kind === 'worker' ? [undefined, 'agent'] : [kind === 'orchestrator' ? undefined : 'app-7', kind],
    );
  },
);

it('tells who had it made, and that there is no repository where there is none', () => {
  const { record, ...rest } = task('worker');
  const workspace = { path: '/home/worktrees/_meta/chief', branch: null, baseCommit: '', branchCreated: false };
  const made = { ...record, spawnedBy: 'app-orchestrator', workspace: { ...workspace, kind: 'scratch' as const } };
  const env = agentEnvironment({ ...rest, record: made }, launch, null);
  expect([env['ATHENE_ORCHESTRATOR_SESSION_ID'], env['GIT_CEILING_DIRECTORIES']]).toEqual([
    'app-orchestrator',
    '/home/worktrees/_meta',
  ]);
  const plain = agentEnvironment({ ...rest, record: { ...record, spawnedBy: 'person' } }, launch, null);
  expect([plain['AO_ORCHESTRATOR_SESSION_ID'], plain['GIT_CEILING_DIRECTORIES']]).toEqual([undefined, undefined]);
});

it('what a person runs beside the agent has them as well, and no token whoever sets one', () => {
  const env = workspaceEnvironment(task('worker'));
  expect(env).toMatchObject({ A: 'project', B: 'project', C: 'login', GH_PATH: 'login', ATHENE_SESSION: 'app-7' });
  expect([env['ATHENE_TOKEN'], env['AO_TOKEN'], env['ATHENE_CALLER_TYPE']]).toEqual([undefined, undefined, 'human']);
});
