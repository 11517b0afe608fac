// Plug-ins, loaded for real: the examples of docs/examples, and such as are broken, changed, strange or in the wrong place.
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPlugin } from './find-plugin.ts';
import { createPluginRegistry, type PluginRegistry } from './registry.ts';

const examples = join(import.meta.dirname, '../../../docs/examples');
let folder: string;
let entries: object[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-plugins-'));
  entries = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const places = () => ({ packages: join(folder, 'packages'), never: [join(folder, 'worktrees')] });
const registry = (): PluginRegistry =>
  createPluginRegistry({
    file: '/h/config.yaml',
    entries: () =>
      entries.map((value, index) => ({ name: String(index), line: index + 2, value, lineOf: () => index + 2 })),
    places,
    taken: () => ['codex'],
  });
const example = (slot: string): string => {
  const path = join(folder, slot);
  cpSync(join(examples, `${slot}-plugin`), path, { recursive: true });
  return path;
};
const made = (name: string, source: string): string => {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), '{"type":"module","main":"index.js","version":"2.0.0"}');
  writeFileSync(join(path, 'index.js'), source);
  return path;
};
const hashOf = (path: string): string => {
  const found = findPlugin({ path }, places());
  if (!found.ok) throw new Error(found.problem);
  return found.value.hash;
};
const trusted = (path: string, plugin: string, slot: string, more: object = {}): void =>
  void entries.push({ path, plugin, slot, trusted: hashOf(path), ...more });
const manifest = (name: string, slot: string, more = ''): string =>
  `export const manifest = { name: '${name}', slot: '${slot}', description: 'x', version: '1', port: 1${more} };\n`;
const states = (plugins: PluginRegistry) => plugins.views().map(({ id, state, why }) => [id, state, why]);

describe('the examples', () => {
  it('a tracker tells of issues, once it is asked', async () => {
    mkdirSync(join(folder, 'issues'));
    writeFileSync(join(folder, 'issues', '12.json'), '{"title":"Fix\\u001b[31m it","text":"All of it.","done":false}');
    trusted(example('tracker'), 'files', 'tracker', { config: { directory: join(folder, 'issues') } });
    const plugins = registry();
    expect(states(plugins)).toEqual([['files', 'resting', null]]);
    const tracker = plugins.tracker('files', {});
    expect(await tracker?.getIssue('12')).toMatchObject({
      value: {
        facts: { title: 'Fix [31m it', description: 'All of it.' },
        url: 'https://issues.example/12',
        branch: null,
      },
    });
    expect([await tracker?.isCompleted('12'), tracker?.branchName('12'), tracker?.issueUrl('12')]).toEqual([
      ...[{ ok: true, value: false }, 'issue/12', 'https://issues.example/12'],
    ]);
    expect(await tracker?.getIssue('13')).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    expect([states(plugins), plugins.tracker('others', {}), plugins.notifier('files', {})]).toEqual([
      ...[[['files', 'loaded', null]], null, null],
    ]);
  });

  it('a notifier tells, with what names it', async () => {
    trusted(example('notifier'), 'logbook', 'notifier');
    const file = join(folder, 'notices.txt');
    const tidings = {
      id: 'n',
      kind: 'test',
      priority: 'info',
      title: 'A test',
      body: 'Here.',
      at: 1,
      sessions: [],
    } as const;
    const tell = (config: object) =>
      registry()
        .notifier('logbook', { ...config })
        ?.tell(tidings, new AbortController().signal);
    expect([await tell({ file }), readFileSync(file, 'utf8')]).toEqual([{ kind: 'told' }, 'info: A test - Here.\n']);
    expect(await tell({})).toMatchObject({ kind: 'failed', why: expect.stringContaining('names no file') });
  });

  it('an agent is one like those of Athene', async () => {
    trusted(example('agent'), 'parrot', 'agent');
    const plugins = registry();
    await plugins.open();
    const [agent] = plugins.agents();
    if (agent?.kind !== 'ready') throw new Error(JSON.stringify(agent));
    const context = {
      ...{ session: 'a-1', project: 'a', workspacePath: '/w', sessionDirectory: '/s', systemPromptFile: null },
      ...{ command: null, model: null, program: '/usr/bin/parrot', shell: '/bin/sh', login: {} },
      ...{ prompt: '-x', conversation: 'c' },
      permissions: 'ask',
    } as const;
    expect(agent.definition.launch(context)).toEqual({ argv: ['/usr/bin/parrot', '--id=c', '--', '-x'], env: {} });
    expect(agent.definition.resume?.(context)?.argv).toEqual(['/usr/bin/parrot', '--resume=c']);
    expect(agent.where).toBe('plug-in, /h/config.yaml, line 2');
  });

  it('a code host answers, and checks nothing out itself', async () => {
    trusted(example('code-host'), 'empty-host', 'code-host');
    const host = registry().codeHost('empty-host', {});
    expect(await host?.readPullRequests({ numbers: [7], branches: [], fresh: true })).toEqual({
      ...{ ok: true, value: { facts: [], absent: [7] } },
    });
    expect(await host?.merge(7, { method: 'squash', commit: 'a' })).toMatchObject({ ok: false });
  });
});

it('what a code host tells is read as what older Athenes knew, and left out where it is none', async () => {
  const check = { name: 'unit', state: 'failed', required: true, url: null };
  const facts = {
    pullRequest: { number: 7, title: 'T', url: 'https://x.example/7', state: 'open', draft: false, branch: 'b' },
    ...{ base: 'main', commit: 'a'.repeat(40), checks: [check], checksRead: true, ci: 'failing', decision: 'none' },
    ...{ conflicts: 'no', behind: null, rules: 'met', blockers: [], reviews: [], threads: [], readAt: 1, stale: null },
  };
  const told = JSON.stringify({ ok: true, value: { facts: [facts, { ...facts, commit: 'HEAD' }, 3] } });
  const source = `${manifest('old', 'code-host')}export const create = () => ({ readPullRequests: () => (${told}) });`;
  trusted(made('old', source), 'old', 'code-host');
  expect(
    await registry()
      .codeHost('old', {})
      ?.readPullRequests({ numbers: [7], branches: [], fresh: true }),
  ).toEqual({
    ...{ ok: true, value: { facts: [{ ...facts, checks: [{ ...check, log: null }] }], absent: [] } },
  });
});

it.each(['null', '7', '{ facts: null, absent: 7 }', "{ absent: ['8', 7, { }] }"])(
  'what a code host tells is no answer, or one without what is none: %s',
  async (value) => {
    const create = `export const create = () => ({ readPullRequests: () => ({ ok: true, value: ${value} }) });`;
    trusted(made('odd', `${manifest('odd', 'code-host')}${create}`), 'odd', 'code-host');
    const told = await registry()
      .codeHost('odd', {})
      ?.readPullRequests({ numbers: [7], branches: [], fresh: true });
    expect(told).toEqual({ ok: true, value: { facts: [], absent: value.includes("'8', 7") ? [7] : [] } });
  },
);

describe('consent', () => {
  it('nothing of one is loaded that nobody has agreed to', async () => {
    const mark = join(folder, 'ran');
    const path = made('a', `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, '');`);
    entries.push({ path, plugin: 'a', slot: 'tracker' });
    const plugins = registry();
    expect(await plugins.tracker('a', {})?.getIssue('1')).toMatchObject({
      problem: { details: expect.stringContaining('nobody has agreed') },
    });
    expect([states(plugins), () => readFileSync(mark)]).toEqual([
      [['a', 'waits', 'nobody has agreed to it']],
      expect.any(Function),
    ]);
    expect(() => readFileSync(mark)).toThrow();
  });

  it('is for exactly what was there: any change takes it back', async () => {
    const path = example('tracker');
    trusted(path, 'files', 'tracker', { config: { directory: folder } });
    appendFileSync(join(path, 'index.js'), '\n// more');
    const plugins = registry();
    expect(states(plugins)).toEqual([['files', 'changed', 'it is no longer what you agreed to']]);
    expect(await plugins.tracker('files', {})?.getIssue('1')).toMatchObject({
      ok: false,
      problem: { kind: 'unreachable' },
    });
  });

  it.runIf(process.platform !== 'win32')(
    'is not possible where others could write, behind links, or where agents work',
    () => {
      const find = (path: string) => {
        const found = findPlugin({ path }, places());
        return found.ok ? 'found' : found.problem;
      };
      const open = made('open', '');
      chmodSync(join(open, 'index.js'), 0o666);
      const linked = made('linked', '');
      symlinkSync('/etc/hostname', join(linked, 'more.js'));
      const wide = made('wide', '');
      chmodSync(wide, 0o777);
      mkdirSync(join(folder, 'worktrees', 'a'), { recursive: true });
      expect([
        find(open),
        find(linked),
        find(wide),
        find(join(folder, 'worktrees', 'a')),
        find('relative'),
        find('/nowhere'),
      ]).toEqual([
        'others may write in index.js',
        'more.js is a link, or no file',
        expect.stringMatching(/^others may write in .*wide$/),
        expect.stringMatching(/^it lies in .*worktrees, where agents work/),
        'its path must be absolute',
        'there is no directory /nowhere',
      ]);
      expect(findPlugin({ package: 'athene-plugin-x' }, places())).toMatchObject({
        problem: expect.stringContaining(
          `npm install --ignore-scripts --prefix ${join(folder, 'packages')} athene-plugin-x`,
        ),
      });
    },
  );
});

it.each([
  ['throws when it is loaded', "throw new Error('no luck, TOKEN=abcdefghijkl')", 'no luck, TOKEN=[secret]'],
  ['throws nothing at all', 'throw null', 'loading it: null'],
  ['is no JavaScript', 'export const', 'loading it: '],
  ['has no manifest', 'export const create = () => ({})', 'its manifest'],
  ['has another name', `${manifest('b', 'tracker')}export const create = () => ({})`, 'it calls itself b'],
  ['has another slot', `${manifest('a', 'notifier')}export const create = () => ({})`, 'it is for notifier'],
  [
    'is for a later port',
    `${manifest('a', 'tracker').replace('port: 1', 'port: 2')}export const create = () => ({})`,
    'version 2 of the port tracker; this Athene has version 1',
  ],
  ['makes nothing', manifest('a', 'tracker'), 'no function "create"'],
  [
    'throws when it makes',
    `${manifest('a', 'tracker')}export const create = () => { throw new Error('no key') }`,
    'create: no key',
  ],
  ['lacks a method', `${manifest('a', 'tracker')}export const create = () => ({})`, 'it has no getIssue'],
  [
    'answers strangely',
    `${manifest('a', 'tracker')}export const create = () => ({ getIssue: () => ({ ok: true, value: { url: 'javascript:1' } }) })`,
    'something else',
  ],
  [
    'rejects',
    `${manifest('a', 'tracker')}export const create = () => ({ getIssue: async () => { throw new Error('down') } })`,
    'getIssue: down',
  ],
])('one that %s is a problem of its own, and hides no other', async (_, source, why) => {
  trusted(made('a', source), 'a', 'tracker');
  trusted(example('notifier'), 'logbook', 'notifier');
  const plugins = registry();
  const told = await plugins.tracker('a', {})?.getIssue('1');
  expect(told).toMatchObject({ ok: false, problem: { kind: 'unreachable', details: expect.stringContaining(why) } });
  expect(plugins.views().at(-1)).toMatchObject({ id: 'logbook', state: 'resting' });
});

it('one that never answers is given up when its caller gives up', async () => {
  trusted(
    made('a', `${manifest('a', 'tracker')}export const create = () => ({ getIssue: () => new Promise(() => {}) })`),
    'a',
    'tracker',
  );
  const away = new AbortController();
  const asked = registry().tracker('a', {})?.getIssue('1', away.signal);
  away.abort();
  expect(await asked).toMatchObject({ ok: false, problem: { details: 'getIssue: it did not answer in time' } });
});

it.each([
  [
    'an id that is in use',
    "{ id: 'codex', name: 'x', program: { command: 'x' }, promptDelivery: 'typed', launch() {} }",
    'codex already',
  ],
  [
    'a program in a place of its own',
    "{ id: 'x', name: 'x', program: { command: './x' }, promptDelivery: 'typed', launch() {} }",
    'program: command: must be a name on the PATH',
  ],
  ['no launch', "{ id: 'x', name: 'x', program: { command: 'x' }, promptDelivery: 'typed' }", 'launch: is no function'],
])('an agent with %s is listed as broken', async (_, definition, why) => {
  trusted(made('a', `${manifest('a', 'agent')}export const create = () => (${definition})`), 'a', 'agent');
  const plugins = registry();
  await plugins.open();
  expect(plugins.agents()).toMatchObject([{ kind: 'broken', id: 'a', why: expect.stringContaining(why) }]);
});

it('an entry that can’t be read is told with what is wrong', () => {
  entries.push({ path: '/x', trusted: 'yes' }, { path: '/x', slots: 'agent' });
  expect(registry().views()).toMatchObject([
    { state: 'broken', why: 'trusted: is no hash', definedIn: '/h/config.yaml, line 2' },
    { state: 'broken', definedIn: '/h/config.yaml, line 3' },
  ]);
});
