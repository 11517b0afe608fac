// The directory beside an agent's own extensions, in the home of a made-up person.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import type { LaunchContext } from '../plugins/agents/agent.ts';
import { gemini } from '../plugins/agents/definitions/gemini/definition.ts';
import { ScratchHome, sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { listExtensions } from '../storage/extensions.ts';
import { homePaths } from '../storage/paths.ts';
import type { Store } from '../storage/store.ts';
import { viewExtensions, withdrawExtensions, type ExtensionDependencies } from './extension.ts';
import { createLaunchHooks, type LaunchHooks } from './launch-hooks.ts';

let scratch: ScratchHome;
let person: string;
let store: Store;
let dependencies: ExtensionDependencies;
let said: string[];
let agreed: boolean;
let hooks: LaunchHooks;
let launch: (login?: Readonly<Record<string, string>>) => Promise<unknown>;
beforeEach(async () => {
  scratch = new ScratchHome();
  person = realpathSync(mkdtempSync(join(tmpdir(), 'athene-person-')));
  store = await scratch.openFully();
  said = [];
  const agents = createAgentCatalogue({
    login: async () => ({ env: {}, shell: '/bin/sh', problem: null }),
    now: () => 0,
  });
  const log = (event: string, facts: Readonly<Record<string, unknown>>): void =>
    void said.push(`${event} ${JSON.stringify(facts)}`);
  dependencies = { store, agents, log };
  const paths = homePaths({ ATHENE_HOME: scratch.path });
  agreed = true;
  hooks = createLaunchHooks({ ...dependencies, paths, wanted: () => true, extensionsAllowed: () => agreed });
  launch = (login = { HOME: person }) =>
    hooks.along({ definition: gemini, record: sampleRecord('demo-1'), context: { login } as LaunchContext }, false);
});
afterEach(async () => {
  await scratch.remove();
  rmSync(person, { recursive: true, force: true });
});

const directory = () => join(person, '.gemini', 'extensions', 'athene');
const below = (path: string): readonly string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted();
const states = () => viewExtensions(dependencies).map(({ state }) => state);

describe.runIf(process.platform !== 'win32')('the extension', () => {
  it('is there after a launch, on record, and goes without a trace of it', async () => {
    mkdirSync(join(person, '.gemini', 'extensions', 'of-the-person'), { recursive: true });
    writeFileSync(join(person, '.gemini', 'settings.json'), '{ "theme": "dark" }');
    const before = below(person);
    await launch();
    await launch();
    expect(viewExtensions(dependencies)).toEqual([{ agent: 'gemini', directory: directory(), state: 'good' }]);
    expect(below(directory())).toEqual([
      '.gemini-extension-install.json',
      'gemini-extension.json',
      'hooks',
      'hooks/hooks.json',
      'made-by-athene.txt',
    ]);
    await withdrawExtensions(dependencies);
    expect([below(person), store.read(listExtensions), said]).toEqual([before, [], []]);
    expect(readFileSync(join(person, '.gemini', 'settings.json'), 'utf8')).toBe('{ "theme": "dark" }');
  });

  it('is not made, nor anything for it, before the person has agreed; and goes when the person agrees no more', async () => {
    agreed = false;
    await launch();
    expect([below(person), hooks.extensions()]).toEqual([[], { wanted: false, placed: [] }]);
    agreed = true;
    await launch();
    agreed = false;
    expect(hooks.extensions()).toMatchObject({ wanted: false, placed: [{ state: 'good' }] });
    await hooks.withdrawExtensions(join(person, 'another'));
    expect(states()).toEqual(['good']);
    await hooks.withdrawExtensions();
    expect([below(directory().replace(/athene$/, '')), states()]).toEqual([[], []]);
  });

  it('of which nobody can tell stays on record', async () => {
    await launch();
    const root = join(person, '.gemini');
    rmSync(root, { recursive: true });
    symlinkSync(root, root);
    expect(states()).toEqual(['unknown']);
    await withdrawExtensions(dependencies);
    expect([states(), said.length]).toEqual([['unknown'], 1]);
  });

  it('is made again when it was changed or taken away', async () => {
    await launch();
    writeFileSync(join(directory(), 'hooks', 'hooks.json'), '{}');
    expect(states()).toEqual(['changed']);
    await launch();
    expect(states()).toEqual(['good']);
    rmSync(directory(), { recursive: true });
    expect(states()).toEqual(['missing']);
    await launch();
    expect([states(), said, readdirSync(join(person, '.gemini'))]).toEqual([['good'], [], ['extensions']]);
  });

  it('leaves nothing for long of one that was begun and never finished', async () => {
    const begun = (name: string, seconds: number): void => {
      const path = join(person, '.gemini', name);
      mkdirSync(path, { recursive: true });
      const at = Date.now() / 1000 - seconds;
      utimesSync(path, at, at);
    };
    begun('.athene-new-0123456789ab', 3600);
    begun('.athene-new-ba9876543210', 0);
    begun('.athene-new-of-the-person', 3600);
    await launch();
    expect(readdirSync(join(person, '.gemini')).toSorted()).toEqual([
      '.athene-new-ba9876543210',
      '.athene-new-of-the-person',
      'extensions',
    ]);
  });

  it('goes where Gemini CLI is told to keep its files, and nowhere when that is not known', async () => {
    const other = join(person, 'other');
    mkdirSync(other);
    await launch({ HOME: person, GEMINI_CLI_HOME: other });
    await launch({});
    expect(viewExtensions(dependencies).map((entry) => entry.directory)).toEqual([
      join(other, '.gemini', 'extensions', 'athene'),
    ]);
    expect(readdirSync(person)).toEqual(['other']);
  });

  it('of somebody else of this name is left alone', async () => {
    mkdirSync(directory(), { recursive: true });
    writeFileSync(join(directory(), 'gemini-extension.json'), '{ "name": "athene", "version": "7.0.0" }');
    await launch();
    expect([store.read(listExtensions), said.length, below(directory())]).toEqual([[], 1, ['gemini-extension.json']]);
  });

  it('to which somebody has added a file stays, on record, and is told', async () => {
    await launch();
    writeFileSync(join(directory(), 'notes.md'), 'mine');
    await withdrawExtensions(dependencies);
    expect([states(), readFileSync(join(directory(), 'notes.md'), 'utf8')]).toEqual([['foreign'], 'mine']);
    rmSync(join(directory(), 'notes.md'));
    await withdrawExtensions(dependencies);
    expect([states(), readdirSync(join(person, '.gemini', 'extensions'))]).toEqual([[], []]);
  });

  it.each(['.gemini', join('.gemini', 'extensions'), join('.gemini', 'extensions', 'athene')])(
    'is not made through a link in the place of %s',
    async (place) => {
      const dotfiles = join(person, 'dotfiles');
      mkdirSync(dotfiles);
      mkdirSync(join(person, place, '..'), { recursive: true });
      symlinkSync(dotfiles, join(person, place));
      await launch();
      expect([readdirSync(dotfiles), store.read(listExtensions), said.length]).toEqual([[], [], 1]);
    },
  );
});
