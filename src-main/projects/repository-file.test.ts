import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from './config-file.ts';
import { readRegistry, reasonOf, type ReadyProject } from './registry.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'athene-repository-'));
  for (const name of ['app', 'other']) mkdirSync(join(root, name));
});
afterEach(() => rmSync(root, { recursive: true }));

const place = (text: string, name = 'athene.yaml'): void => writeFileSync(join(root, 'app', name), text);
const config = (more = ''): string =>
  `projects:\n  app:\n    path: ${root}/app\n    sessionPrefix: a\n    agentRules: mine\n    agentConfig: {model: small}\n${more}  other: {path: ${root}/other}\n`;
const read = (more = '') => {
  const { ready, degraded, files } = readRegistry(parseConfig(config(more), '/h/config.yaml'));
  const app = ready.find(({ id }) => id === 'app');
  return { app, file: files.get('app'), reasons: degraded.map(reasonOf), others: ready.length - (app ? 1 : 0) };
};
/** The project once the person has accepted what the file asks for. */
const accepted = (more = ''): ReadyProject | undefined =>
  read(`${more}    acceptedFile: ${read(more).file?.hash ?? 'none'}\n`).app;

it('lies over the entry, field by field, where it is harmless', () => {
  place('agentRules: theirs\ndefaultBranch: develop\ntracker: linear\n$schema: x\nunknown: 1\n');
  expect(read()).toMatchObject({
    app: { agentRules: 'theirs', defaultBranch: 'develop', tracker: 'linear', agentConfig: { model: 'small' } },
    file: { hash: null, changes: [] },
  });
});

const asking: readonly [string, string, string][] = [
  ['set-up commands', 'setUp: [curl x]', 'setUp'],
  ['set-up commands in other words', 'postCreate: [curl x]', 'setUp'],
  ['tear-down commands', 'tearDown: [curl x]', 'tearDown'],
  ['a run command', 'run: curl x', 'run'],
  ['an environment', 'env: {NODE_OPTIONS: --require=./x}', 'env.NODE_OPTIONS'],
  ["copies of the person's files", 'copy: [.env]', 'copy'],
  ["links to the person's files", 'symlinks: [.env]', 'link'],
  ['agents that do not ask', 'agentConfig: {permissions: permissionless}', 'agentConfig.permissions'],
  ['workers that do not ask', 'worker: {agentConfig: {permissions: permissionless}}', 'worker.agentConfig.permissions'],
  ['another agent', 'agent: codex', 'agent'],
  ['a dearer model', 'agentConfig: {model: large}', 'agentConfig.model'],
  ['another runtime', 'runtime: tmux', 'runtime'],
  ['rules for the orchestrator', 'orchestratorRules: merge all', 'orchestratorRules'],
  ['what other projects are told of it', 'description: trust me', 'description'],
  ['reactions', 'reactions: {ci-failed: {action: auto-merge}}', 'reactions.ci-failed.action'],
  ['replies', 'replies: [yes]', 'replies'],
  ['a tracker with a server of its own', 'tracker: {plugin: gitlab, host: evil.example}', 'tracker.plugin'],
  ['a code host from a path', 'scm: {path: ./x.mjs}', 'scm.path'],
  ['what becomes of an orchestrator', 'orchestratorSessionStrategy: delete', 'orchestratorSessionStrategy'],
];
describe('asks the person for', () => {
  it.each(asking)('%s', (_what, text, field) => {
    const bare = read().app;
    place(`${text}\n`);
    const { app, file } = read();
    expect(app).toEqual(bare);
    expect(file).toMatchObject({ accepted: false, hash: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown });
    expect(file?.changes.map((change) => change.field)).toContain(field);
    const { acceptedFile: _before, ...after } = accepted() ?? {};
    expect(after).not.toEqual(bare);
  });
});

it('asks again for whatever is not exactly what was accepted, and never for its order or harmless words', () => {
  place('setUp: [npm ci]\nenv: {A: x, B: y}\n');
  const consent = `    acceptedFile: ${read().file?.hash ?? ''}\n`;
  expect(read(consent)).toMatchObject({ app: { setUp: ['npm ci'], env: { A: 'x' } }, file: { accepted: true } });
  place('agentRules: new\nenv: {B: y, A: x}\nsetUp: [npm ci]\n');
  expect(read(consent)).toMatchObject({ app: { setUp: ['npm ci'], agentRules: 'new' } });
  place('setUp: [npm ci; curl x]\nenv: {A: x, B: y}\n');
  const { app, file } = read(consent);
  expect([app?.setUp, app?.env, file?.accepted]).toEqual([undefined, undefined, false]);
});

it('says who the project is and what the person alone decides by nothing', () => {
  place(
    'path: /\nsessionPrefix: zz\nname: x\nrepo: evil.example/a/b\ntrustWorktrees: true\nacceptedFile: x\nmaximalAgents: 900\nnotificationRouting: {urgent: [x]}\n',
  );
  const { app } = read();
  expect([app, accepted()?.path]).toEqual([{ ...app, path: join(root, 'app'), sessionPrefix: 'a' }, join(root, 'app')]);
  expect(Object.keys(app ?? {}).sort()).toEqual(
    ['agentConfig', 'agentRules', 'defaultBranch', 'id', 'path', 'sessionPrefix'].sort(),
  );
});

it('loosens no permission that the entry names, also when it is accepted', () => {
  place(
    'agentConfig: {permissions: permissionless, model: large}\nworker: {agentConfig: {permissions: permissionless}}\n',
  );
  expect(accepted('    orchestrator: {agentConfig: {permissions: ask}}\n')).toMatchObject({
    agentConfig: { model: 'large' },
    worker: { agentConfig: {} },
    orchestrator: { agentConfig: { permissions: 'ask' } },
  });
  expect(accepted('    orchestrator: {agentConfig: {permissions: ask}}\n')?.agentConfig).toEqual({ model: 'large' });
});

it('joins maps key by key and replaces lists', () => {
  place('env: {B: theirs, C: theirs}\nsetUp: [theirs]\n');
  expect(accepted('    env: {A: mine, B: mine}\n    setUp: [mine, too]\n')).toMatchObject({
    env: { A: 'mine', B: 'theirs', C: 'theirs' },
    setUp: ['theirs'],
  });
});

it('shows nothing of what the person has in the environment', () => {
  place('env: {B: theirs}\n');
  expect(read('    env: {B: s3cret}\n').file?.changes).toEqual([{ field: 'env.B', from: '(hidden)', to: 'theirs' }]);
});

describe('in a file with projects', () => {
  it.each([
    ['of that id', 'projects:\n  other: {agentRules: no}\n  app: {agentRules: yes!, path: /elsewhere}\n', 'yes!'],
    ['at this path', 'projects:\n  theirs: {path: ., agentRules: yes!}\n', 'yes!'],
    [
      'of no other',
      'projects:\n  theirs: {path: /elsewhere, agentRules: no}\nmetaOrchestrators: {m: {scope: all}}\n',
      'mine',
    ],
  ])('the entry %s counts', (_which, text, expected) => {
    place(text);
    expect(read().app?.agentRules).toBe(expected);
  });
});

it.each([
  ['athene.yaml', ['athene.yaml', 'athene.yml', 'agent-orchestrator.yaml', 'agent-orchestrator.yml']],
  ['athene.yml', ['athene.yml', 'agent-orchestrator.yaml', 'agent-orchestrator.yml']],
  ['agent-orchestrator.yaml', ['agent-orchestrator.yaml', 'agent-orchestrator.yml']],
  ['agent-orchestrator.yml', ['agent-orchestrator.yml']],
])('%s is read before the others', (first, names) => {
  for (const name of names) place(`agentRules: of ${name}\n`, name);
  expect(read().app?.agentRules).toBe(`of ${first}`);
});

const broken: readonly [string, () => void, string][] = [
  ['bad YAML', () => place('a: 1\nb: [\n'), 'athene.yaml, line 3: '],
  ['no map', () => place('- a\n'), 'athene.yaml, line 1: the file must be a map'],
  [
    'a wrong field',
    () => place('agentRules: x\nagentConfig:\n  model: 5\n'),
    'athene.yaml, line 3: agentConfig.model: ',
  ],
  [
    'an unsafe branch',
    () => place('defaultBranch: --upload-pack=x\n'),
    'athene.yaml, line 1: defaultBranch: not a safe',
  ],
  ['a wrong field of its entry', () => place('projects:\n  app:\n    setUp: x\n'), 'athene.yaml, line 3: setUp: '],
  ['a link', () => symlinkSync('/etc/hostname', join(root, 'app', 'athene.yaml')), 'athene.yaml, line 1: '],
  ['a directory', () => mkdirSync(join(root, 'app', 'athene.yaml')), 'athene.yaml, line 1: '],
  [
    'an alias bomb',
    () => place(`a: &a [x, x]\n${Array.from({ length: 60 }, (_, n) => `b${n}: [${'*a, '.repeat(9)}]`).join('\n')}\n`),
    'athene.yaml, line 1: it can not be read',
  ],
];
it.each(broken)('%s degrades its project and no other', (_what, make, reason) => {
  make();
  expect(read()).toMatchObject({ app: undefined, others: 1, reasons: [expect.stringContaining(reason) as unknown] });
});
