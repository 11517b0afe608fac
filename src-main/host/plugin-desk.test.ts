// What a person asks of plug-ins, through the contract: added, agreed to, used by another host of the same home, changed, taken out.
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PluginView } from '#shared/domain/plugin.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import type { Host } from './host.ts';

const home = new HostHome();
const examples = join(import.meta.dirname, '../../docs/examples');
let host: Host;
let path: string;
beforeAll(async () => {
  host = await home.open(false);
  path = join(home.path, '..', 'parrot');
  cpSync(join(examples, 'agent-plugin'), path, { recursive: true });
}, 30_000);
afterAll(() => home.close(), 30_000);

const listed = async (of = host): Promise<readonly PluginView[]> => {
  const plugins = await ask(of, 'plugin.list', {});
  return plugins.ok ? plugins.value : [];
};
const agentsOf = async (of: Host): Promise<readonly string[]> => {
  const agents = await ask(of, 'agent.list', { fresh: true });
  return agents.ok ? agents.value.map(({ id, presence }) => `${id} ${presence.kind}`) : [];
};

it('is written down when it is added, and not loaded', async () => {
  writeFileSync(home.config, '# mine\nprojects: {}\n', { mode: 0o600 });
  expect(await ask(host, 'plugin.add', { path })).toMatchObject({ ok: true, value: { id: path, state: 'waits' } });
  expect(readFileSync(home.config, 'utf8')).toBe(`# mine\nprojects: {}\nplugins:\n  - path: ${path}\n`);
  expect(await agentsOf(host)).not.toContain('parrot missing');
  expect(await ask(host, 'plugin.add', { path })).toMatchObject({ ok: false, problem: { code: 'plugin-refused' } });
});

it('is agreed to as what was looked at, and then there for every host', async () => {
  const [seen] = await listed();
  const wrong = await ask(host, 'plugin.trust', { id: path, hash: `sha256-${'0'.repeat(64)}` });
  expect(wrong).toMatchObject({ ok: false, problem: { what: expect.stringContaining('has changed since') } });
  const trusted = await ask(host, 'plugin.trust', { id: path, hash: seen?.hash ?? '' });
  expect(trusted).toMatchObject({ ok: true, value: { id: 'parrot', slot: 'agent', state: 'loaded' } });
  expect(await agentsOf(host)).toContain('parrot missing');
  expect(await agentsOf(await home.open(false))).toContain('parrot missing');
});

it('is not loaded when it has changed', async () => {
  appendFileSync(join(path, 'index.js'), '\n// more\n');
  const other = await home.open(false);
  expect([await listed(other), await agentsOf(other)]).toMatchObject([
    [{ id: 'parrot', state: 'changed' }],
    expect.arrayContaining(['parrot broken']),
  ]);
});

it('is not taken from a repository that is a project, or from where agents work', async () => {
  const sandbox = await ask(host, 'project.addSandbox', {});
  if (!sandbox.ok) throw new Error(sandbox.problem.what);
  const inside = join(sandbox.value.path, 'plugin');
  cpSync(join(examples, 'notifier-plugin'), inside, { recursive: true });
  const worktree = join(home.path, 'worktrees', 'x');
  mkdirSync(worktree, { recursive: true });
  for (const each of [inside, worktree])
    expect(await ask(host, 'plugin.add', { path: each })).toMatchObject({
      problem: { what: expect.stringContaining('where agents work') },
    });
});

it('is gone when it is taken out', async () => {
  expect(await ask(host, 'plugin.remove', { id: 'parrot' })).toEqual({ ok: true, value: null });
  expect([await listed(), await agentsOf(await home.open(false))]).toEqual([
    [],
    expect.not.arrayContaining(['parrot broken', 'parrot missing']),
  ]);
  expect(await ask(host, 'plugin.remove', { id: 'parrot' })).toMatchObject({ problem: { code: 'plugin-unknown' } });
});

it('that is broken is told by `config check` with file, line and field, and so is an agent of one’s own', async () => {
  const other = join(home.path, '..', 'empty');
  mkdirSync(other);
  writeFileSync(
    home.config,
    `projects: {}
agents:
  fixer:
    command: [fixer]
    promptArguments: 5
  pattern:
    command: [x]
    inputRow: '(?=x)'
  sound: { command: [x] }
plugins:
  - path: ./here
  - path: ${other}
  - package: '../x'
  - path: ${path}
`,
  );
  // What config.yaml defines of agents is read once a second.
  await expect.poll(() => agentsOf(host), { timeout: 30_000 }).toContain('pattern broken');
  const told = await ask(host, 'config.explain', { project: null });
  const troubles = told.ok ? told.value.troubles : [];
  expect(troubles.map(({ file, line, field, what }) => [file, line, field, what])).toEqual([
    [home.config, 5, 'agents.fixer.promptArguments', expect.stringContaining('expected array')],
    [home.config, 8, 'agents.pattern.inputRow', expect.stringContaining('invalid')],
    [home.config, 11, 'plugins.0.path', 'its path must be absolute'],
    [home.config, 12, 'plugins.1.path', expect.stringContaining('index.js')],
    [home.config, 13, 'plugins.2.package', 'is no name of a package'],
  ]);
  // The last one is right, and waits for consent.
  expect((await listed()).map(({ state }) => state)).toEqual(['broken', 'broken', 'broken', 'waits']);
});
