// When the sight of a workspace is believed and written down.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { initialLifecycle, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { WorkspaceKind } from '#shared/domain/workspace.ts';
import type { WorktreeHead } from '../lib/worktree-head.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { getSession, insertSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { noteSights, type WorkspaceSights } from './workspace-sights.ts';

const home = new ScratchHome();
let store: Store;
let place: string;
let sights: WorkspaceSights;

async function begin(kind: WorkspaceKind): Promise<void> {
  const workspace = { path: place, branch: 'session/app-1', baseCommit: '', branchCreated: true, kind };
  await store.write('test', (tx) => {
    tx.run('DELETE FROM sessions');
    insertSession(tx, sampleRecord('app-1', { workspace, lifecycle: withRuntimeStarted(initialLifecycle(1), 1) }));
  });
}
beforeEach(async () => {
  store ??= await home.openFully();
  place = join(home.path, 'place');
  mkdirSync(place, { recursive: true });
  sights = noteSights({ store, now: () => 1 });
  await begin('worktree');
});
afterAll(() => home.remove());

const record = (): SessionRecord => {
  const stored = store.read((tx) => getSession(tx, 'app-1'));
  if (stored === null || 'damaged' in stored) throw new Error('app-1 is gone');
  return stored.record;
};
async function look(head: WorktreeHead['kind']): Promise<string | null> {
  await sights.note(record(), head);
  return record().workspace?.sight ?? null;
}

it('is what two looks in a row see', async () => {
  expect([await look('detached'), await look('branch'), await look('detached'), await look('detached')]).toEqual([
    ...[null, null, null],
    'detached',
  ]);
  expect([await look('branch'), await look('branch')]).toEqual(['detached', null]);
});

it('is gone only where nothing is at the path: what git cannot tell changes nothing', async () => {
  expect([await look('unknown'), await look('unknown')]).toEqual([null, null]);
  rmSync(place, { recursive: true });
  expect([await look('unknown'), await look('unknown')]).toEqual([null, 'gone']);
  mkdirSync(place);
  expect([await look('unknown'), await look('unknown')]).toEqual(['gone', null]);
});

it('of a place that is not Athene’s own worktree is its directory', async () => {
  await begin('in-place');
  expect([await look('unknown'), await look('unknown')]).toEqual([null, null]);
  rmSync(place, { recursive: true });
  expect([await look('unknown'), await look('unknown')]).toEqual([null, 'gone']);
});
