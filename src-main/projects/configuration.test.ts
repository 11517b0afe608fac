import { defaultSettings } from '#shared/domain/settings.ts';
import { untouchedProject } from '#shared/domain/project.ts';
import { noWork } from '#shared/domain/set-up.ts';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../lib/package-root.ts';
import { temporaryRepository, type TemporaryRepository } from '../lib/fixtures/temporary-repository.ts';
import { createConfigurationReader } from './configuration-reader.ts';
import { createConfiguration, type ProjectConfiguration } from './configuration.ts';

let repository: TemporaryRepository;
let configuration: ProjectConfiguration;
let live: string[];
let told: string[];

beforeEach(() => {
  repository = temporaryRepository();
  live = [];
  told = [];
  configuration = createConfiguration({
    reader: createConfigurationReader(repository.paths),
    git: repository.git,
    paths: repository.paths,
    liveSessions: () => live,
    changed: async (project) => void told.push(project),
    settingsChanged: async () => void told.push('settings'),
  });
});
afterEach(() => repository.end());

const file = (): string => readFileSync(repository.paths.config, 'utf8');
const write = (text: string): void => writeFileSync(repository.paths.config, text);
const folder = (name: string): string => {
  const path = join(repository.root, name);
  repository.sh(['clone', '--quiet', repository.path, path]);
  return path;
};
const codeOf = (result: { ok: true } | { ok: false; problem: { code: string } }): string =>
  result.ok ? 'ok' : result.problem.code;

it('gives each project a colour by its place, also while one before it can not be used', () => {
  const entry = (id: string, more = '') => `  ${id}: {path: ${repository.root}${more}}\n`;
  const nine = Array.from({ length: 9 }, (_, index) => `p${index + 1}`);
  const colours = () => new Map(configuration.projects().map(({ id, colour }) => [id, colour]));
  write(`projects:\n${nine.map((id) => entry(id, id === 'p3' ? ', color: "#aabbcc"' : '')).join('')}`);
  const before = colours();
  expect([...before.values()]).toEqual([0, 1, '#aabbcc', 3, 4, 5, 6, 7, 0]);
  write(file().replace(`  p2: {path: ${repository.root}`, `  p2: {path: ${repository.root}/gone`));
  expect(configuration.projects().find(({ id }) => id === 'p2')?.state).toBe('degraded');
  expect(colours()).toEqual(before);
});

describe('adding a project', () => {
  it('writes one entry, tells of it, and finds it again', async () => {
    repository.sh(['remote', 'add', 'origin', 'https://me:secret@example.org/Owner/Some-App.git']);
    expect(await configuration.addProject(repository.path, null)).toEqual({
      ok: true,
      value: {
        ...{ id: 'repository', name: 'repository', path: repository.path, prefix: 'rep', defaultBranch: 'main' },
        ...{ state: 'ready', problem: null, ...untouchedProject, work: noWork },
      },
    });
    expect(configuration.find('repository')).toMatchObject({ ok: true, value: { repo: 'example.org/Owner/Some-App' } });
    expect([told, file().includes('secret'), file().includes('comments are kept')]).toEqual([
      ['repository'],
      false,
      true,
    ]);
  });

  it('writes down what the person agreed to, and takes it back', async () => {
    const trusted = () => configuration.projects().map(({ trustWorktrees }) => trustWorktrees);
    await configuration.addProject(repository.path, 'app', { trustWorktrees: true });
    expect([trusted(), file().includes('trustWorktrees: true')]).toEqual([[true], true]);
    write(file().replace('trustWorktrees: true', 'trustWorktrees: true # asked in May'));
    expect(await configuration.trustWorktrees('app', false)).toMatchObject({
      ok: true,
      value: { trustWorktrees: false },
    });
    expect([trusted(), file().includes('trustWorktrees: false # asked in May')]).toEqual([[false], true]);
    expect(codeOf(await configuration.trustWorktrees('other', true))).toBe('project-unknown');
  });

  it('keeps comments, order and unknown keys', async () => {
    write(
      `# mine\nfuture: 1 # later\nprojects: # all\n  # the old one\n  old:\n    path: ${repository.root}\n    sessionPrefix: o # short\n    defaultBranch: main\n    colour: red\n`,
    );
    const comments = [
      '# mine',
      'future: 1 # later',
      '# all',
      '# the old one',
      'sessionPrefix: o # short',
      'colour: red',
    ];
    const missing = () => comments.filter((comment) => !file().includes(comment));
    expect(codeOf(await configuration.addProject(repository.path, 'new'))).toBe('ok');
    expect([missing(), configuration.projects().map(({ id, state }) => `${id} ${state}`)]).toEqual([
      [],
      ['old ready', 'new ready'],
    ]);
    expect(codeOf(await configuration.removeProject('new'))).toBe('ok');
    expect([missing(), file().includes('new')]).toEqual([[], false]);
  });

  it('makes ids and prefixes unique whatever the case', async () => {
    const names = ['My App', 'my-app', 'MY-APP', 'm_a'];
    for (const name of names) {
      const path = join(repository.root, `in-${name}`, name);
      mkdirSync(join(path, '..'));
      repository.sh(['clone', '--quiet', repository.path, path]);
      expect(codeOf(await configuration.addProject(path, null))).toBe('ok');
    }
    expect(configuration.projects().map(({ id, prefix }) => [id, prefix])).toEqual([
      ['My-App', 'ma'],
      ['my-app2', 'ma2'],
      ['MY-APP3', 'myapp'],
      ['m_a', 'm_a'],
    ]);
    expect(codeOf(await configuration.addProject(folder('other'), 'M_A'))).toBe('project-exists');
    expect(codeOf(await configuration.addProject(repository.path, null))).toBe('ok');
    expect(codeOf(await configuration.addProject(repository.path, 'again'))).toBe('project-exists');
  });

  const refused: readonly [string, () => string, string][] = [
    ['a relative path', () => 'repository', 'project-refused'],
    ['nothing', () => join(repository.root, 'nowhere'), 'project-refused'],
    ['a plain folder', () => repository.root, 'not-a-repository'],
    ['a file', () => join(repository.path, 'read.me'), 'not-a-repository'],
    ['a folder inside', () => (repository.write('deep/x', ''), join(repository.path, 'deep')), 'project-refused'],
    ['the inside of .git', () => join(repository.path, '.git'), 'not-a-repository'],
    [
      'a bare repository',
      () => (
        repository.sh(['clone', '--quiet', '--bare', repository.path, join(repository.root, 'bare')]),
        join(repository.root, 'bare')
      ),
      'not-a-repository',
    ],
    [
      'a linked worktree',
      () => (
        repository.sh(['worktree', 'add', '--quiet', '-b', 'x', join(repository.root, 'linked')]),
        join(repository.root, 'linked')
      ),
      'project-refused',
    ],
    [
      'a worktree of Athene',
      () => {
        const path = repository.paths.worktreeFor('app', 'a-1');
        repository.sh(['worktree', 'add', '--quiet', '-b', 'x', path]);
        return path;
      },
      'project-refused',
    ],
    ['a path with a line feed', () => `${repository.path}\n`, 'project-refused'],
    ['a path with an override of direction', () => `${repository.path}\u202e`, 'project-refused'],
    ['a NUL', () => `${repository.path}\0`, 'project-refused'],
  ];
  it.each(refused)('refuses %s and says what to do', async (_name, path, code) => {
    const added = await configuration.addProject(path(), null);
    expect(codeOf(added)).toBe(code);
    if (!added.ok)
      expect([added.problem.kept, (added.problem.todo ?? '').length > 5]).toEqual(['Nothing was changed.', true]);
    expect(configuration.projects()).toEqual([]);
  });

  it.each([
    '../x',
    '-x',
    'a\nb',
    '$(touch x)',
    '_meta',
    '__proto__',
    'x'.repeat(300),
    'a\u202eb',
    '',
    'CON',
    'a b',
    'a.b',
  ])('refuses the id %j', async (id) => {
    expect(codeOf(await configuration.addProject(repository.path, id))).toBe('project-refused');
    expect(codeOf(await configuration.removeProject(id))).toBe('project-unknown');
    expect(configuration.find(id).ok).toBe(false);
  });

  it('takes a repository without a commit, and one reached through a link as itself', async () => {
    const unborn = temporaryRepository({ unborn: true });
    expect(codeOf(await configuration.addProject(unborn.path, null))).toBe('ok');
    symlinkSync(repository.path, join(repository.root, 'alias'));
    expect(await configuration.addProject(join(repository.root, 'alias'), null)).toMatchObject({
      value: { path: repository.path },
    });
    await unborn.end();
  });

  it('loses none when several processes add at once', async () => {
    const paths = Array.from({ length: 4 }, (_, n) => folder(`many-${n}`));
    const script = join(repository.root, 'add.ts');
    const main = join(packageRoot(), 'src-main');
    writeFileSync(
      script,
      `import { openGit } from '${main}/lib/git.ts';
       import { openHome } from '${main}/storage/paths.ts';
       import { addProject } from '${main}/projects/add-project.ts';
       const home = openHome(process.env), git = openGit({ env: process.env, home: '/none' });
       if (!home.ok || !git.ok) throw new Error('no');
       const added = await addProject({ paths: home.value, git: git.value }, { path: process.argv[2], id: null });
       process.exitCode = added.ok ? 0 : 1;`,
    );
    const env = { PATH: process.env['PATH'], HOME: repository.root, ATHENE_HOME: repository.paths.home };
    const codes = await Promise.all(
      paths.map(
        (path) =>
          new Promise((resolve) =>
            spawn(process.execPath, [script, path], { env, stdio: 'ignore' }).once('exit', resolve),
          ),
      ),
    );
    expect([codes, configuration.projects().length]).toEqual([[0, 0, 0, 0], 4]);
    expect(readdirSync(repository.paths.home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('leaves a configuration that is a link as a link', async () => {
    writeFileSync(join(repository.root, 'dotfile.yaml'), 'projects:\n');
    symlinkSync(join(repository.root, 'dotfile.yaml'), repository.paths.config);
    await configuration.addProject(repository.path, 'app');
    expect(readFileSync(join(repository.root, 'dotfile.yaml'), 'utf8')).toContain('app:');
  });
});

describe('a damaged configuration', () => {
  const good = (id: string, prefix: string): string =>
    `  ${id}:\n    path: ${repository.path}\n    sessionPrefix: ${prefix}\n    defaultBranch: main\n`;

  it('hides no good entry, and names line and reason', () => {
    write(
      `projects:\n${good('one', 'o')}  two:\n    path: 7\n${good('ONE', 'x')}${good('three', 'O')}  __proto__:\n    path: /x\n${good('gone', 'g').replace(repository.path, '/nowhere/at/all')}${good('last', 'l')}`,
    );
    const views = configuration.projects();
    expect(views.map(({ id, state }) => `${id} ${state}`)).toEqual([
      ...['one ready', 'last ready', 'two degraded', 'ONE degraded', 'three degraded', 'gone degraded'],
    ]);
    expect(views.find(({ id }) => id === 'two')?.problem).toMatch(/^config\.yaml, line 7: path: /);
    expect(views.find(({ id }) => id === 'three')?.problem).toContain(
      'belongs to one too; give one and three prefixes of their own',
    );
    expect(configuration.troubles()).toHaveLength(5);
    expect(configuration.find('two')).toMatchObject({ ok: false, problem: { code: 'project-unknown' } });
    expect(({} as Record<string, unknown>)['path']).toBe(undefined);
  });

  const broken: readonly [string, string][] = [
    ['bad YAML at the end', '  "unclosed'],
    ['a duplicate key', '  one: {}\n'],
    ['a tab as indent', '\tx: 1\n'],
    ['a binary tail', '\u0000\u0001'],
  ];
  it.each(broken)('%s: entries before still load, nothing is overwritten', async (_name, tail) => {
    write(`projects:\n${good('one', 'o')}${tail}`);
    const before = file();
    expect(
      configuration
        .projects()
        .filter(({ state }) => state === 'ready')
        .map(({ id }) => id),
    ).toEqual(['one']);
    expect(codeOf(await configuration.addProject(folder('more'), null))).toBe('configuration-broken');
    expect(codeOf(await configuration.removeProject('one'))).toBe('configuration-broken');
    expect(codeOf(await configuration.setSettings({ theme: 'dark', terminalFontSize: 14 }))).toBe(
      'configuration-broken',
    );
    expect([file(), configuration.troubles().length > 0]).toEqual([before, true]);
  });

  it.each(['[1, 2]', 'projects: 7', 'just words', 'a: &a [x, *a]', `x: ${'['.repeat(3000)}`])(
    '%s does not throw',
    async (text) => {
      write(text);
      expect(configuration.projects()).toEqual([]);
      expect(() => configuration.troubles()).not.toThrow();
      expect(() => configuration.settings()).not.toThrow();
      await configuration.addProject(repository.path, 'app');
    },
  );

  it('as a directory is told, not thrown', async () => {
    mkdirSync(repository.paths.config);
    expect([configuration.projects(), configuration.troubles().length]).toEqual([[], 1]);
    expect(codeOf(await configuration.addProject(repository.path, null))).toBe('configuration-broken');
  });

  it('shows a moved repository, and forgets it on request', async () => {
    await configuration.addProject(repository.path, 'app');
    renameSync(repository.path, `${repository.path}-moved`);
    expect(configuration.projects()).toMatchObject([{ id: 'app', state: 'degraded' }]);
    expect(codeOf(await configuration.removeProject('app'))).toBe('ok');
    renameSync(`${repository.path}-moved`, repository.path);
  });
});

it('a project with live sessions is not removed, and a removal leaves the repository alone', async () => {
  await configuration.addProject(repository.path, 'app');
  live = ['app-1'];
  expect(codeOf(await configuration.removeProject('app'))).toBe('project-in-use');
  live = [];
  expect(codeOf(await configuration.removeProject('app'))).toBe('ok');
  expect(repository.sh(['status', '--porcelain'])).toBe('');
  expect(file()).toContain('projects: {}');
});

it('settings have defaults, are stored with the rest, and a bad one is named', async () => {
  expect(configuration.settings()).toEqual({ ok: true, value: defaultSettings });
  await configuration.addProject(repository.path, 'app');
  await configuration.setSettings({ theme: 'dark', terminalFontSize: 15 });
  await configuration.setSettings({ spawnsPaused: true });
  const changed = { ...defaultSettings, theme: 'dark', terminalFontSize: 15, spawnsPaused: true };
  expect(configuration.settings()).toEqual({ ok: true, value: changed });
  write('settings:\n  theme: pink\n');
  expect(configuration.settings()).toMatchObject({
    ok: false,
    problem: { what: expect.stringMatching(/line 1: settings\.theme/) as unknown },
  });
});

it('a limit of its own is written into its entry, and taken out of it', async () => {
  await configuration.addProject(repository.path, 'app');
  const plain = file();
  expect(await configuration.limitProject('app', 3)).toMatchObject({ value: { id: 'app', maximalAgents: 3 } });
  expect(configuration.projects()).toMatchObject([{ maximalAgents: 3 }]);
  expect(file()).toContain('    maximalAgents: 3\n');
  expect(await configuration.limitProject('app', null)).toMatchObject({ value: { maximalAgents: null } });
  expect(file()).toBe(plain);
  expect(codeOf(await configuration.limitProject('other', 3))).toBe('project-unknown');
});

it('saved replies are written into its entry, and taken out of it', async () => {
  await configuration.addProject(repository.path, 'app');
  const plain = file();
  const replies = ['Go on', 'Run the tests: all of them'];
  expect(await configuration.saveReplies('app', replies)).toMatchObject({ value: { id: 'app', replies } });
  expect(configuration.projects()).toMatchObject([{ replies }]);
  expect(await configuration.saveReplies('app', [])).toMatchObject({ value: { replies: [] } });
  expect(file()).toBe(plain);
  expect(codeOf(await configuration.saveReplies('other', replies))).toBe('project-unknown');
});

it('a sandbox is a real repository whose tests pass, also twice', async () => {
  expect(await configuration.addSandbox()).toMatchObject({
    ok: true,
    value: { id: 'sandbox', prefix: 'san', state: 'ready' },
  });
  expect(await configuration.addSandbox()).toMatchObject({ ok: true, value: { id: 'sandbox-2', prefix: 's2' } });
  const path = join(repository.paths.sandbox, 'sandbox');
  expect(repository.sh(['log', '--format=%an: %s'], path).split('\n')).toEqual([
    'Athene Sandbox: Count words',
    'Athene Sandbox: Greet people in three languages',
    'Athene Sandbox: Start with a read-me',
  ]);
  const code = await new Promise((resolve) =>
    spawn(process.execPath, ['--test'], { cwd: path, stdio: 'ignore', env: {} }).once('exit', resolve),
  );
  expect(code).toBe(0);
});

describe('what the worktrees of a project need', () => {
  const entry = (more: string): string =>
    `projects:\n  # mine\n  app:\n    path: ${repository.path}\n    sessionPrefix: a\n    defaultBranch: main\n${more}`;

  it('is read, and written without touching what is not changed', async () => {
    write(entry('    # secrets\n    copy:\n      - .env # the usual one\n    setUp:\n      - npm ci\n'));
    expect(configuration.projects()).toMatchObject([{ work: { ...noWork, copy: ['.env'], setUp: ['npm ci'] } }]);
    const work = { ...noWork, copy: ['.env'], tearDown: ['docker compose down'], run: 'npm run dev' };
    expect(await configuration.configureProject('app', work)).toMatchObject({ ok: true, value: { id: 'app', work } });
    expect(file()).toBe(
      entry(
        '    # secrets\n    copy:\n      - .env # the usual one\n    tearDown:\n      - docker compose down\n    run: npm run dev\n',
      ),
    );
    expect(configuration.projects()).toMatchObject([{ work }]);
    expect([told, codeOf(await configuration.configureProject('other', work))]).toEqual([['app'], 'project-unknown']);
  });

  it.each([
    ['    copy:\n      - ../secret\n', 'copy.0: must not have empty parts, "." or ".."'],
    ['    link: node_modules\n', 'link: Invalid input: expected array, received string'],
    ['    setUp:\n      - npm ci\n      - ""\n', 'setUp.1: '],
    ['    tearDown:\n      - "a\\nb"\n', 'tearDown.0: must be one printable line'],
    ['    run: 5\n', 'run: Invalid input: expected string, received number'],
  ])('is refused with its field: %j', (more, reason) => {
    write(entry(more));
    expect(configuration.projects()).toMatchObject([
      { state: 'degraded', problem: expect.stringContaining(reason) as unknown },
    ]);
  });
});

describe("a repository's own file", () => {
  const place = (text: string): void => writeFileSync(join(repository.path, 'athene.yaml'), text);

  it('counts once the person has accepted what was shown, until it asks for something else', async () => {
    await configuration.addProject(repository.path, 'app');
    const plain = file();
    place('setUp: [npm ci]\n');
    const [view] = configuration.projects();
    expect(view).toMatchObject({
      work: noWork,
      file: { accepted: false, changes: [{ field: 'setUp', from: null, to: '["npm ci"]' }] },
    });
    const hash = view?.file?.hash ?? '';
    expect(codeOf(await configuration.acceptFile('app', 'other'))).toBe('file-changed');
    expect(await configuration.acceptFile('app', hash)).toMatchObject({
      value: { work: { setUp: ['npm ci'] }, file: { accepted: true } },
    });
    expect([configuration.find('app'), file()]).toMatchObject([
      { value: { setUp: ['npm ci'] } },
      `${plain}    acceptedFile: ${hash}\n`,
    ]);
    place('setUp: [npm ci, rm -rf x]\n');
    expect(codeOf(await configuration.acceptFile('app', hash))).toBe('file-changed');
    expect(configuration.find('app')).not.toHaveProperty('value.setUp');
    expect(codeOf(await configuration.acceptFile('app', null))).toBe('ok');
    expect([file(), codeOf(await configuration.acceptFile('other', null))]).toEqual([plain, 'project-unknown']);
  });

  it('that is broken stops new sessions, and leaves to those that run what was last read', async () => {
    await configuration.addProject(repository.path, 'app');
    place('agentRules: be brief\n');
    expect(configuration.wholeConfig().projects).toMatchObject([{ id: 'app', agentRules: 'be brief' }]);
    place('agentRules: [\n');
    expect(configuration.find('app')).toMatchObject({
      problem: { what: expect.stringMatching(/athene\.yaml, line 2: /) as unknown },
    });
    expect(configuration.wholeConfig().projects).toMatchObject([{ id: 'app', agentRules: 'be brief' }]);
    expect(configuration.troubles()).toEqual([expect.stringContaining(join(repository.path, 'athene.yaml, line 2: '))]);
    expect(codeOf(await configuration.limitProject('app', 2))).toBe('ok');
  });
});

describe('meta orchestrators', () => {
  it('are written with comments kept, changed field by field, and taken out', async () => {
    await configuration.addProject(repository.path, 'app');
    const plain = file();
    const chief = { scope: { projects: ['app'] }, discover: true, rules: 'be kind' };
    expect(await configuration.saveMetaOrchestrator('chief', chief)).toEqual({ ok: true, value: chief });
    expect([...configuration.wholeConfig().metaOrchestrators]).toEqual([['chief', chief]]);
    write(
      `# top\n${file().replace('rules: be kind', 'rules: be kind # always').replace('chief:', 'chief:\n    # the first\n    future: 1')}`,
    );
    expect(codeOf(await configuration.saveMetaOrchestrator('chief', { ...chief, scope: 'all', agent: 'codex' }))).toBe(
      'ok',
    );
    expect(file()).toBe(
      `# top\n${plain}metaOrchestrators:\n  chief:\n    # the first\n    future: 1\n    scope: all\n    discover: true\n    rules: be kind # always\n    agent: codex\n`,
    );
    expect(codeOf(await configuration.removeMetaOrchestrator('chief'))).toBe('ok');
    expect([file(), codeOf(await configuration.removeMetaOrchestrator('chief'))]).toEqual([`# top\n${plain}`, 'ok']);
  });

  it.each([
    ['../x', { scope: 'all', discover: false }, 'Unsafe meta orchestrator name: "../x"'],
    [
      'm',
      { scope: { projects: ['app'] }, discover: false },
      "Meta orchestrator 'm' references unknown project 'app'. Known projects: none",
    ],
  ] as const)('%s is refused and nothing is written', async (name, entry, what) => {
    expect(
      await configuration.saveMetaOrchestrator(name, { ...entry, scope: structuredClone(entry.scope) as 'all' }),
    ).toMatchObject({
      problem: { code: 'meta-orchestrator-refused', what },
    });
    expect(() => file()).toThrow('ENOENT');
  });
});

describe('one value', () => {
  const start = (): string =>
    `# mine\nprojects:\n  app:\n    # the first\n    path: ${repository.path}\n    sessionPrefix: a # short\ndefaults:\n  agent: codex # all\nlifecycle:\n`;

  it.each([
    ['defaults.agent', 'aider', '  agent: codex # all', '  agent: aider # all'],
    ['lifecycle.autoCleanupOnMerge', 'false', 'lifecycle:\n', 'lifecycle:\n  autoCleanupOnMerge: false\n'],
    ['projects.app.sessionPrefix', 'b', 'sessionPrefix: a # short', 'sessionPrefix: b # short'],
    ['projects.app.setUp', '[npm ci, make]', '# short\n', '# short\n    setUp:\n      - npm ci\n      - make\n'],
    [
      'projects.app.worker.agentConfig.model',
      'x',
      '# short\n',
      '# short\n    worker:\n      agentConfig:\n        model: x\n',
    ],
    ['reactions.ci-failed', '{retries: 1}', 'lifecycle:\n', 'lifecycle:\nreactions:\n  ci-failed:\n    retries: 1\n'],
    ['projects.app.sessionPrefix', null, '    sessionPrefix: a # short\n', ''],
    ['projects.app.color', null, '# mine', '# mine'],
  ] as const)('%s is set to %s with all else kept', async (key, value, was, is) => {
    write(start());
    expect(await configuration.setValue(key, value)).toEqual({ ok: true, value: null });
    expect(file()).toBe(start().replace(was, is));
    expect(configuration.troubles()).toEqual([]);
  });

  it.each([
    ['projects.app.agnt', 'x', 'There is no such key. Those of projects.app: path'],
    ['projects.other.agent', 'x', 'There is no project other'],
    ['projects.app.trustWorktrees', 'true', 'trustWorktrees is changed with: athene project trust'],
    ['projects.app.acceptedFile', 'x', 'acceptedFile is changed with: athene config accept'],
    ['projects.app.defaultBranch', '[a]', 'projects.app.defaultBranch: Invalid input'],
    ['lifecycle.mergeCleanupIdleGraceMs', '5', 'lifecycle.mergeCleanupIdleGraceMs: must be 0 or at least 10000'],
    ['lifecycle.other', '5', 'There is no such key. Those of lifecycle: autoCleanupOnMerge'],
    ['reactions.ci-failed.retrys', '5', 'There is no such key. Those of a reaction: auto'],
    ['reactions.ci-fails.retries', '5', 'There is no such key. Those of reactions: pr-closed'],
    ['settings.theme', 'pink', 'settings.theme: Invalid option'],
    ['notifiers.x.url', 'x', 'notifiers.x.plugin: '],
    ['notificationRouting.urgent', '[nobody]', 'notificationRouting: there is no notifier "nobody"'],
    [
      'metaOrchestrators.m.scope',
      '{projects: [x]}',
      "metaOrchestrators.m.scope: Meta orchestrator 'm' references unknown project 'x'",
    ],
    ['metaOrchestrators.m.scopes', 'all', 'There is no such key. Those of a meta orchestrator: scope'],
    ['defaults.agent.deeper', 'x', 'defaults.agent holds no fields.'],
    ['other', 'x', 'There is no such key. Those of the file: projects'],
    ['defaults.agent', '[a', "The value can't be read: "],
    ['__proto__.x', '1', 'There is no such key. Those of the file: projects'],
  ])('%s as %s is refused, and nothing is written', async (key, value, what) => {
    write(start());
    const set = await configuration.setValue(key, value);
    expect(set).toMatchObject({ problem: { code: 'configuration-refused' } });
    expect([set.ok ? '' : set.problem.what.slice(0, what.length), file()]).toEqual([what, start()]);
  });

  it('does not wait for what was wrong before', async () => {
    write(`${start()}reactions: {ci-failed: {retries: many}}\n`);
    expect(codeOf(await configuration.setValue('defaults.agent', 'aider'))).toBe('ok');
    expect(codeOf(await configuration.setValue('reactions.ci-failed.retries', '2'))).toBe('ok');
    expect(configuration.troubles()).toEqual([]);
  });
});

it('a file that is empty all at once, as when an editor saves it, takes nothing back; one that is deleted does', () => {
  const text = `projects:\n  app:\n    path: ${repository.path}\nreactions: {ci-failed: {auto: false}}\nlifecycle: {autoCleanupOnMerge: false}\n`;
  const seen = () => {
    const { reactions, lifecycle, projects } = configuration.wholeConfig();
    return [reactions['ci-failed']?.auto, lifecycle.autoCleanupOnMerge, projects.map(({ id }) => id)];
  };
  write(text);
  const before = seen();
  expect(before).toEqual([false, false, ['app']]);
  for (const empty of ['', '\n', '# saved in a moment\n']) {
    write(empty);
    expect([seen(), configuration.troubles()]).toEqual([
      before,
      [expect.stringContaining('line 1: it is empty all at once')],
    ]);
    expect(seen()).toEqual(before);
  }
  write(text.replace('auto: false', 'auto: perhaps'));
  expect(seen()).toEqual(before);
  write(text);
  expect([seen(), configuration.troubles()]).toEqual([before, []]);
  rmSync(repository.paths.config);
  expect([seen(), configuration.troubles()]).toEqual([[undefined, true, []], []]);
  write('');
  expect(configuration.troubles()).toEqual([]);
});

it('what counts is told with where it comes from, and without secrets', () => {
  write(
    `projects:\n  app:\n    path: ${repository.path}\n    env: {KEY: s3cret}\n    agentConfig: {model: a}\n    agentRules: mine\ndefaults:\n  runtime: tmux\nnotifiers:\n  s: {plugin: slack, url: s3cret}\n`,
  );
  writeFileSync(join(repository.path, 'athene.yaml'), 'defaultBranch: develop\nagentRules: |\n  theirs\n');
  const told = configuration.explain('app');
  expect(told.ok && told.value.map(({ field, value, from }) => `${field} = ${String(value)} (${from})`)).toEqual([
    `path = ${repository.path} (config.yaml, line 3)`,
    'env.KEY = (hidden) (config.yaml, line 4)',
    'agentConfig.model = a (config.yaml, line 5)',
    'agentRules = theirs\n (athene.yaml, line 2)',
    'sessionPrefix = rep (usual)',
    'defaultBranch = develop (athene.yaml, line 1)',
    'runtime = tmux (defaults, config.yaml, line 8)',
  ]);
  const home = configuration.explain(null);
  expect(home.ok && home.value.map(({ field, from }) => `${field} (${from})`)).toEqual([
    ...['defaults.runtime (config.yaml, line 8)', 'lifecycle.autoCleanupOnMerge (usual)'],
    ...['lifecycle.mergeCleanupIdleGraceMs (usual)', 'readyThresholdMs (usual)'],
  ]);
  expect([
    configuration.readValue('notifiers'),
    configuration.readValue('projects.app.env.KEY'),
    configuration.readValue('a'),
  ]).toEqual([
    { ok: true, value: { value: { s: { plugin: 'slack', url: '(hidden)' } }, line: 9 } },
    { ok: true, value: { value: '(hidden)', line: 4 } },
    { ok: true, value: { value: null, line: null } },
  ]);
});
