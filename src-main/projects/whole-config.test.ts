import { expect, it } from 'vitest';
import { parseConfig, type RawConfig } from './config-file.ts';
import { readRegistry } from './registry.ts';
import { readWholeConfig, type ReadConfiguration } from './whole-config.ts';

const read = (text: string, last: ReadConfiguration | null = null): ReadConfiguration =>
  readAll(parseConfig(text, '/h/config.yaml'), last);
const readAll = (config: RawConfig, last: ReadConfiguration | null) =>
  readWholeConfig(config, readRegistry(config), last);
const good = `projects:
  api: {path: /, sessionPrefix: api, defaultBranch: main, agentConfig: {permissions: default, model: big, other: 1}}
  web:
    path: /tmp
    sessionPrefix: web
    defaultBranch: main
    orchestratorSessionStrategy: delete-new
    reactions: {ci-failed: {retries: 5}}
defaults: {agent: codex, worker: {agent: aider}}
lifecycle: {autoCleanupOnMerge: false}
reactions:
  ci-failed: {retries: 3, escalateAfter: 30m}
  agent-stuck: {threshold: 20m}
metaOrchestrators:
  chief: {scope: all}
  pair: {scope: {projects: [api, web]}, rules: be kind}
agents: {mine: {command: [mine]}}
plugins: [{package: x}]
`;
const told = ({ troubles }: ReadConfiguration) =>
  troubles.map(({ line, field, what }) => `${line} ${field ?? 'file'}: ${what}`);

it('reads all of it, with what is left out as usual', () => {
  const { projects, metaOrchestrators, agents, plugins, ...rest } = read(good);
  expect(rest).toEqual({
    defaults: { agent: 'codex', worker: { agent: 'aider' } },
    lifecycle: { autoCleanupOnMerge: false, mergeCleanupIdleGraceMs: 300_000 },
    readyThresholdMs: 300_000,
    reactions: { 'ci-failed': { retries: 3, escalateAfter: '30m' }, 'agent-stuck': { threshold: '20m' } },
    troubles: [],
  });
  expect(projects.map(({ id, agentConfig }) => [id, agentConfig])).toEqual([
    ['api', { permissions: 'ask', model: 'big', other: 1 }],
    ['web', undefined],
  ]);
  expect(projects[1]).toMatchObject({
    orchestratorSessionStrategy: 'delete',
    reactions: { 'ci-failed': { retries: 5 } },
  });
  expect([...metaOrchestrators]).toEqual([
    ['chief', { scope: 'all', discover: false }],
    ['pair', { scope: { projects: ['api', 'web'] }, discover: false, rules: 'be kind' }],
  ]);
  expect([agents, plugins].flat().map(({ name, line, value }) => [name, line, value])).toEqual([
    ['mine', 17, { command: ['mine'] }],
    ['0', 18, { package: 'x' }],
  ]);
});

it('reads nothing as nothing configured', () => {
  expect(read('')).toMatchObject({ projects: [], reactions: {}, readyThresholdMs: 300_000, troubles: [] });
});

const faults: readonly [string, readonly [string, string], readonly string[]][] = [
  [
    'a rule',
    ['retries: 3', 'retries: many'],
    ['12 reactions.ci-failed.retries: Invalid input: expected number, received string'],
  ],
  [
    'a rule of nothing',
    ['agent-stuck', 'agent-stack'],
    [expect.stringMatching(/^13 reactions\.agent-stack: Invalid option/)],
  ],
  [
    'a grace',
    ['autoCleanupOnMerge: false', 'mergeCleanupIdleGraceMs: 500'],
    ['10 lifecycle.mergeCleanupIdleGraceMs: must be 0 or at least 10000'],
  ],
  [
    'a default',
    ['agent: codex', 'agent: "no such!"'],
    ['9 defaults.agent: an agent id has lower-case letters, digits or -'],
  ],
];
it.each(faults)('tells where %s is wrong, and keeps what was good', (_what, [was, is], expected) => {
  const before = read(good);
  const after = read(good.replace(was, is), before);
  expect(told(after)).toEqual(expected);
  expect([after.reactions['ci-failed'], after.defaults]).toEqual([before.reactions['ci-failed'], before.defaults]);
  expect(told(read(good, after))).toEqual([]);
});

it('keeps what an error of the file hides, and forgets what was taken out', () => {
  const before = read(good);
  const broken = good.replace('defaults: {agent: codex', 'defaults: {agent: [codex');
  const after = read(broken, before);
  expect(told(after)).toEqual([expect.stringMatching(/^9 file: /)]);
  expect({ ...after, troubles: [] }).toEqual({ ...before, projects: after.projects });
  expect(after.projects.map(({ id }) => id)).toEqual(['api', 'web']);
  const without = read(good.replace(/ {2}chief.*\n/, '').replace(/ {2}agent-stuck.*\n/, ''), after);
  expect([[...without.metaOrchestrators.keys()], Object.keys(without.reactions)]).toEqual([['pair'], ['ci-failed']]);
});

it('lets a project that is degraded now be as it was', () => {
  const after = read(good.replace('sessionPrefix: web', 'sessionPrefix: api'), read(good));
  expect(after.projects.map(({ id, sessionPrefix }) => [id, sessionPrefix])).toEqual([
    ['api', 'api'],
    ['web', 'web'],
  ]);
  expect(told(after)).toEqual([expect.stringMatching(/^5 projects\.web\.sessionPrefix: /)]);
});

it.each([
  [
    'a project that nobody knows',
    'projects: [api, elsewhere]',
    "16 metaOrchestrators.pair.scope: Meta orchestrator 'pair' references unknown project 'elsewhere'. Known projects: api, web",
  ],
  [
    'a project of that name in other case',
    'projects: [API]',
    "16 metaOrchestrators.pair.scope: Meta orchestrator 'pair' references unknown project 'API'. Known projects: api, web",
  ],
  ['no project', 'projects: []', expect.stringMatching(/^16 metaOrchestrators\.pair\.scope\.projects: /)],
])('refuses a meta orchestrator over %s', (_what, scope, expected) => {
  const after = read(good.replace('projects: [api, web]', scope));
  expect([told(after), [...after.metaOrchestrators.keys()]]).toEqual([[expected], ['chief']]);
});

it('knows degraded projects too, and says so when there are none', () => {
  expect(read(good.replace('sessionPrefix: web', 'sessionPrefix: api')).metaOrchestrators.has('pair')).toBe(true);
  expect(told(read('metaOrchestrators: {m: {scope: {projects: [x]}}}'))).toEqual([
    "1 metaOrchestrators.m.scope: Meta orchestrator 'm' references unknown project 'x'. Known projects: none",
  ]);
});

it.each([
  ['{source: local}', 'a local plugin needs a path'],
  ['{source: npm, path: /x}', 'a plugin from npm needs a package'],
  ['{source: registry}', 'a plugin from registry needs a package'],
  ['{package: x, path: /x}', 'must have a package or a path, not both'],
])('takes no plug-in from %s', (entry, what) => {
  const after = read(`plugins:\n  - {source: local, path: /p}\n  - ${entry}\n`);
  expect([told(after), after.plugins.map(({ name }) => name)]).toEqual([[`3 plugins.1: ${what}`], ['0']]);
});
