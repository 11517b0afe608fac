import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionRecord } from '#shared/domain/session.ts';
import { editForeignFile } from '../lib/foreign-file.ts';
import { createAgentCatalogue } from '../plugins/agents/agent-catalogue.ts';
import type { LaunchContext } from '../plugins/agents/agent.ts';
import { ScratchHome, sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { homePaths, type HomePaths } from '../storage/paths.ts';
import type { Store } from '../storage/store.ts';
import { listTrusts } from '../storage/trusts.ts';
import { createLaunchHooks, type LaunchHooks } from './launch-hooks.ts';

let scratch: ScratchHome;
let person: string;
let paths: HomePaths;
let store: Store;
let hooks: LaunchHooks;
let said: string[];
let isWanted: boolean;
beforeEach(async () => {
  scratch = new ScratchHome();
  person = realpathSync(mkdtempSync(join(tmpdir(), 'athene-person-')));
  paths = homePaths({ ATHENE_HOME: scratch.path });
  store = await scratch.openFully();
  said = [];
  isWanted = true;
  const agents = createAgentCatalogue({
    login: async () => ({ env: {}, shell: '/bin/sh', problem: null }),
    now: () => 0,
  });
  const log = (_event: string, facts: Readonly<Record<string, unknown>>): void => void said.push(JSON.stringify(facts));
  hooks = createLaunchHooks({ store, paths, agents, wanted: () => isWanted, extensionsAllowed: () => false, log });
});
afterEach(async () => {
  await scratch.remove();
  rmSync(person, { recursive: true, force: true });
});

/** As Claude writes it, with a number that JavaScript can't hold and names that must not move. */
const settings = `{
  "10": "a",
  "numStartups": 12345678901234567890,
  "ratio": 1.0,
  "theme": "dark",
  "projects": {
    "/mine": {
      "hasTrustDialogAccepted": true,
      "allowedTools": []
    }
  },
  "__proto__": { "x": 1 },
  "last": null
}`;
const file = () => join(person, '.claude.json');
const text = (): string => readFileSync(file(), 'utf8');
const trusted = (): readonly string[] =>
  Object.entries((JSON.parse(text()) as { projects: Record<string, { hasTrustDialogAccepted?: boolean }> }).projects)
    .filter(([, entry]) => entry.hasTrustDialogAccepted === true)
    .map(([path]) => path);

function worktree(session: string, project = 'app'): string {
  const path = join(paths.worktrees, project, session);
  mkdirSync(path, { recursive: true });
  return path;
}

async function launch(
  session: string,
  { agent = 'claude-code', trusts = true, path = worktree(session), login = {}, kind = 'worktree' as const } = {},
) {
  const workspace = { path, branch: 'b', baseCommit: '', branchCreated: true, kind };
  const record: SessionRecord = sampleRecord(session, { agent, workspace });
  const context: LaunchContext = {
    ...{ session, project: 'app', workspacePath: path, sessionDirectory: '/s', prompt: null, systemPromptFile: null },
    ...{ command: null, conversation: null, permissions: 'ask', model: null, program: null, shell: '/bin/sh' },
    login: { HOME: person, ...login },
  };
  const definition = createAgentCatalogue({
    login: () => Promise.reject(new Error('not asked')),
    now: () => 0,
  }).definition(agent);
  if (definition === null) throw new Error(`There is no ${agent}`);
  return hooks.along({ definition, record, context }, trusts);
}

describe('trust in Claude’s own file', () => {
  it('is entered for exactly that worktree, and everything else stays as it was written', async () => {
    writeFileSync(file(), settings, { mode: 0o600 });
    await launch('app-1');
    expect(trusted()).toEqual(['/mine', worktree('app-1')]);
    await hooks.withdrawTrust('app-1');
    // The only change is how an object in one line is broken into several.
    expect(text()).toBe(settings.replace('{ "x": 1 }', '{\n    "x": 1\n  }'));
    expect([statSync(file()).mode & 0o777, readdirSync(person), store.read(listTrusts)]).toEqual([
      0o600,
      ['.claude.json'],
      [],
    ]);
    expect(said).toEqual([]);
  });

  it('is not entered without the agreement, for another place, or for what is no worktree of Athene', async () => {
    writeFileSync(file(), settings);
    await launch('app-1', { trusts: false });
    isWanted = false;
    await launch('app-1');
    isWanted = true;
    await launch('app-1', { path: homedir() });
    await launch('app-1', { path: paths.home });
    symlinkSync(person, join(paths.worktrees, 'app', 'link'));
    await launch('app-1', { path: join(paths.worktrees, 'app', 'link') });
    await launch('app-1', { kind: 'adopted' as 'worktree' });
    expect([text(), store.read(listTrusts)]).toEqual([settings, []]);
  });

  it('is entered for the directory of a meta orchestrator, in which nothing of others is', async () => {
    writeFileSync(file(), '{}');
    const scratch = worktree('release', '_meta');
    await launch('release', { path: scratch, kind: 'scratch' as 'worktree' });
    expect(trusted()).toEqual([scratch]);
  });

  it('that the person gave stays theirs, and what Claude noted of the folder stays too', async () => {
    const own = worktree('app-1');
    writeFileSync(file(), JSON.stringify({ projects: { [own]: { hasTrustDialogAccepted: true } } }));
    await launch('app-1');
    await hooks.withdrawTrust('app-1');
    expect(trusted()).toEqual([own]);
    await launch('app-2');
    const noted = JSON.parse(text()) as { projects: Record<string, object> };
    const second = worktree('app-2');
    writeFileSync(
      file(),
      JSON.stringify({ projects: { ...noted.projects, [second]: { ...noted.projects[second], lastCost: 1 } } }),
    );
    await hooks.withdrawTrust('app-2');
    expect(JSON.parse(text())).toEqual({
      projects: { [own]: { hasTrustDialogAccepted: true }, [second]: { lastCost: 1 } },
    });
  });

  it('goes with the agreement, for all worktrees of that project and no other', async () => {
    writeFileSync(file(), '{}');
    await launch('app-1');
    await launch('app-2');
    await launch('api-1', { path: worktree('api-1', 'api') });
    await hooks.withdrawTrustOf('app');
    expect([trusted(), store.read(listTrusts).map(({ session }) => session)]).toEqual([
      [worktree('api-1', 'api')],
      ['api-1'],
    ]);
  });

  it('lies where CLAUDE_CONFIG_DIR says, or where an early Claude put it', async () => {
    const other = join(person, 'elsewhere');
    mkdirSync(other);
    writeFileSync(join(other, '.claude.json'), '{}');
    await launch('app-1', { login: { CLAUDE_CONFIG_DIR: other } });
    expect(readFileSync(join(other, '.claude.json'), 'utf8')).toContain(worktree('app-1'));
    mkdirSync(join(person, '.claude'));
    writeFileSync(join(person, '.claude', '.config.json'), '{}');
    await launch('app-2');
    expect(readFileSync(join(person, '.claude', '.config.json'), 'utf8')).toContain(worktree('app-2'));
  });

  it.each([
    [
      'a link',
      () => {
        writeFileSync(join(person, 'real'), settings);
        symlinkSync(join(person, 'real'), file());
      },
    ],
    [
      'a link in the place of an early Claude’s file',
      () => {
        writeFileSync(file(), settings);
        mkdirSync(join(person, '.claude'));
        symlinkSync(join(person, 'nowhere'), join(person, '.claude', '.config.json'));
      },
    ],
    ['a file that is read-only', () => writeFileSync(file(), settings, { mode: 0o400 })],
    ['a byte that is no text', () => writeFileSync(file(), Buffer.from('{"a":"\xff"}', 'latin1'))],
    ['more than anybody reads', () => writeFileSync(file(), `${settings}${' '.repeat(16 * 1024 * 1024)}`)],
    ['a comment', () => writeFileSync(file(), `// mine\n${settings}`)],
    ['no JSON', () => writeFileSync(file(), `${settings},`)],
    ['a list', () => writeFileSync(file(), '[]')],
    ['something else where the projects should be', () => writeFileSync(file(), '{"projects":[1]}')],
    ['a directory', () => mkdirSync(file())],
    ['nothing', () => undefined],
    [
      'what Claude itself holds locked',
      () => {
        writeFileSync(file(), settings);
        mkdirSync(`${file()}.lock`);
      },
    ],
  ])('is left alone when there is %s', async (name, lay) => {
    lay();
    const before = statSync(file(), { throwIfNoEntry: false });
    await launch('app-1');
    const after = statSync(file(), { throwIfNoEntry: false });
    expect([after?.mtimeMs, after?.ino, store.read(listTrusts)]).toEqual([before?.mtimeMs, before?.ino, []]);
    expect(said.length).toBe(name === 'nothing' ? 0 : 1);
  });

  it('that can not be taken out now is kept on record for the next time', async () => {
    writeFileSync(file(), '{}');
    await launch('app-1');
    const entered = text();
    writeFileSync(file(), 'broken');
    await hooks.withdrawTrust('app-1');
    expect(store.read(listTrusts)).toHaveLength(1);
    writeFileSync(file(), entered);
    chmodSync(file(), 0o640);
    await hooks.withdrawTrust('app-1');
    expect([trusted(), store.read(listTrusts), statSync(file()).mode & 0o777]).toEqual([[], [], 0o640]);
  });

  it('gives back a lock that was taken for a leftover meanwhile', async () => {
    writeFileSync(file(), settings);
    const edited = await editForeignFile(file(), (before) => {
      rmSync(`${file()}.lock`, { recursive: true });
      return `${before}\n`;
    });
    expect([edited, text()]).toEqual(['changed', `${settings}\n`]);
  });

  it('of many sessions at once is entered for each', async () => {
    writeFileSync(file(), settings);
    await Promise.all(Array.from({ length: 8 }, (_, n) => launch(`app-${n + 1}`)));
    expect(trusted()).toHaveLength(9);
    await Promise.all(Array.from({ length: 8 }, (_, n) => hooks.withdrawTrust(`app-${n + 1}`)));
    expect(trusted()).toEqual(['/mine']);
  });
});

describe('trust of Codex', () => {
  it('is told with the launch and written nowhere', async () => {
    const [, trust] = (await launch('app-1', { agent: 'codex' })).handOvers;
    expect(trust).toEqual({ args: ['-c', `projects={${JSON.stringify(worktree('app-1'))}={trust_level="trusted"}}`] });
    const [, none] = (await launch('app-1', { agent: 'codex', trusts: false })).handOvers;
    expect([none, readdirSync(person)]).toEqual([{}, []]);
  });
});
