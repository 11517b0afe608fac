// A look at a home shows what a host of it shows.
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from '../lib/fixtures/temporary-repository.ts';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { insertSession } from '../storage/sessions.ts';
import type { Host } from './host.ts';
import { openHost } from './open-host.ts';
import { openOutlook, type OpenedOutlook } from './open-outlook.ts';

let repository: TemporaryRepository;
let env: NodeJS.ProcessEnv;
let host: Host;
beforeEach(async () => {
  repository = temporaryRepository();
  env = { ...process.env, ATHENE_HOME: repository.paths.home };
  const opened = await openHost({ env, live: false });
  if (!opened.ok) throw new Error(opened.problem.what);
  host = opened.value;
});
afterEach(async () => {
  await host.close();
  await repository.end();
});

async function looking<T>(work: (outlook: OpenedOutlook | null) => T | Promise<T>): Promise<T> {
  const opened = await openOutlook(env);
  if (!opened.ok) throw new Error(opened.problem.what);
  try {
    return await work(opened.value);
  } finally {
    await opened.value?.close();
  }
}

it('shows the same sessions, projects and settings as a host', async () => {
  writeFileSync(
    repository.paths.config,
    `projects:\n  app: {path: ${repository.path}, name: The app}\nsettings: {spawnsPaused: true}\n`,
  );
  await host.sessions.store.write('test', (tx) => {
    for (const id of ['app-1', 'app-2']) insertSession(tx, sampleRecord(id));
    tx.run(`UPDATE sessions SET record = 'broken' WHERE id = 'app-2'`);
  });
  await looking(async (outlook) => {
    await outlook?.refresh();
    expect(outlook?.listSessions().map(({ id, status }) => [id, status])).toEqual(
      host.listSessions().map(({ id, status }) => [id, status]),
    );
    expect(outlook?.listSessions()).toHaveLength(2);
    expect([outlook?.projects(), outlook?.home, outlook?.storage]).toEqual([host.projects(), host.home, null]);
    expect([outlook?.spawnsPaused(), host.sessions.spawnsPaused()]).toEqual([true, true]);
    expect(outlook?.projectNames().get('app')).toBe(host.projects()[0]?.name);
  });
});

it('is none where plug-ins may define agents: only a host loads them', async () => {
  writeFileSync(repository.paths.config, 'plugins: [{path: /nowhere}]\n');
  expect(await looking((outlook) => outlook)).toBe(null);
});
