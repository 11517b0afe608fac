// The hostile strings where only somebody's editor or a broken program puts them: in config.yaml and in rows of the database.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialLifecycle, withKilled } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { checkHome } from '#main/care/check-home.ts';
import type { Host } from '#main/host/host.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import { sampleRecord } from '#main/storage/fixtures/scratch-home.ts';
import { some } from './corpus.ts';
import { hostOf } from '../fixtures/host-of.ts';
import { createHostileWorld, type HostileWorld } from './hostile-world.ts';

const patience = 120_000;

let world: HostileWorld;
let host: Host;

beforeEach(async () => {
  world = createHostileWorld();
  mkdirSync(world.home, { mode: 0o700, recursive: true });
  writeConfig({});
  host = await hostOf(world);
}, patience);
afterEach(async () => {
  // Else the end of the world would stop each of them by a command of its own.
  await host.sessions.store.write('clear', (tx) => void tx.run('DELETE FROM sessions'));
  await host.close();
  await world.close();
}, patience);

const good = () => ({ path: world.repository, sessionPrefix: 'repo', defaultBranch: 'main' });
/** JSON is YAML. */
const writeConfig = (projects: Readonly<Record<string, unknown>>): void =>
  writeFileSync(`${world.home}/config.yaml`, JSON.stringify({ projects: { ...projects, demo: good() } }));

/** Whatever it answers: it must answer, not throw. */
async function useAll(sessions: readonly string[], projects: readonly string[]): Promise<void> {
  for (const id of sessions) {
    await ask(host, 'session.get', { id });
    await ask(host, 'session.kill', { id });
    await ask(host, 'session.removalPreview', { id });
    await ask(host, 'session.remove', { id });
  }
  for (const project of projects) {
    await ask(host, 'rescue.list', { project, session: null });
    await ask(host, 'session.cleanup', { project, dryRun: false });
  }
  host.listSessions();
  await ask(host, 'system.doctor', {});
  await checkHome(host.care, { mend: true, refresh: () => host.watch.refresh() });
}

describe.runIf(process.platform === 'linux')('a hostile string does no harm', () => {
  const keys = ['id', 'path', 'sessionPrefix', 'defaultBranch', 'name', 'repo', 'agent', 'tracker'] as const;
  it.each(keys)(
    'as %s of a project in config.yaml',
    async (key) => {
      const entries = some(world.strings, 14).map((text, index) =>
        key === 'id'
          ? [text, { ...good(), sessionPrefix: `p${index}` }]
          : [`p${index}`, { ...good(), sessionPrefix: `p${index}`, [key]: text }],
      );
      writeConfig(Object.fromEntries(entries));
      const listed = host.projects();
      expect(listed.some(({ id, state }) => id === 'demo' && state === 'ready')).toBe(true);
      await useAll(
        [],
        some(
          listed.filter(({ state }) => state === 'ready').map(({ id }) => id),
          4,
        ),
      );
      expect(world.violations()).toEqual([]);
    },
    patience,
  );

  const workspace = {
    path: '/nowhere',
    branch: 'b',
    baseCommit: '1'.repeat(40),
    branchCreated: true,
    kind: 'worktree',
  } as const;
  const fields: Readonly<Record<string, (text: string) => Record<string, unknown>>> = {
    id: (id) => ({ id }),
    project: (project) => ({ project }),
    agent: (agent) => ({ agent }),
    terminal: (terminal) => ({ terminal }),
    'path of its workspace': (path) => ({ workspace: { ...workspace, path } }),
    'branch of its workspace': (branch) => ({ workspace: { ...workspace, branch } }),
    conversation: (conversation) => ({ conversation }),
  };
  it.each(Object.keys(fields))(
    'as %s of a session in the database',
    async (field) => {
      const base = sampleRecord('x', { project: 'demo', lifecycle: withKilled(initialLifecycle(1), 1), workspace });
      const ids = await host.sessions.store.write('hostile', (tx) =>
        world.strings.map((text, index) => {
          const record = { ...base, id: `s-${index}`, number: null, ...fields[field]?.(text) } as SessionRecord;
          tx.run(
            `INSERT OR IGNORE INTO sessions (id, project, kind, prefix, number, record, record_version, rev, created, updated)
           VALUES (?, ?, 'worker', 's', NULL, ?, 1, 1, 1, 1)`,
            ...[record.id, record.project, JSON.stringify(record)],
          );
          return record.id;
        }),
      );
      await useAll(some(ids, 12), ['demo']);
      expect(world.violations()).toEqual([]);
    },
    patience,
  );
});
