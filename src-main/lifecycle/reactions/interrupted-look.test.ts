// A supervisor that is killed, or whose disk is full, while it has an agent told: the next one tells it exactly once.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { graceBeforeSending } from '#shared/domain/react.ts';
import { ScratchHome } from '../../storage/fixtures/scratch-home.ts';
import { listPending } from '../../storage/outbox.ts';
import { listReactions } from '../../storage/reactions.ts';
import type { Store } from '../../storage/store.ts';
import { addSession, reactionDependencies, reactionLines, surroundings, worker } from './fixtures/reaction-home.ts';
import { failing, sampleFacts } from './fixtures/sample-facts.ts';
import { watchReactions } from './watch-reactions.ts';

const wholeRun = process.env['ATHENE_ALL_FAULTS'] === '1';
const script = fileURLToPath(new URL('fixtures/look-entry.ts', import.meta.url));
const [first, due] = [1_000_000, 1_000_000 + graceBeforeSending];

/** A home in which a check has failed, and the grace is about to be over. */
async function prepared(): Promise<ScratchHome> {
  const home = new ScratchHome();
  const store = await home.openFully({ now: () => first });
  await addSession(store, worker('app-1'));
  await look(store, first);
  await store.close();
  return home;
}

function look(store: Store, now: number): Promise<void> {
  const around = { ...surroundings(), now };
  around.facts.set('app-1', sampleFacts({ checks: [failing('lint')] }));
  return watchReactions(reactionDependencies(store, around), { start: () => undefined }).look();
}

const lookWith = (home: ScratchHome, fault: string): Promise<number | string | null> =>
  new Promise((resolve) => {
    const argv = ['--disable-warning=ExperimentalWarning', script, home.database, home.doorbell, String(due)];
    const env = { PATH: process.env['PATH'] ?? '', ATHENE_FAULT: fault };
    const child = spawn(process.execPath, argv, { env, stdio: 'ignore' });
    child.on('close', (code, signal) => resolve(signal ?? code));
  });

const stateOf = (store: Store) => ({
  waits: store.read(listPending).length,
  attempts: store.read((tx) => listReactions(tx)).map(({ state }) => [state.attempts, state.message !== null]),
  told: reactionLines(store),
});
const before = { waits: 0, attempts: [[0, false]], told: [] };
const after = { waits: 1, attempts: [[1, true]], told: ['reaction.triggered app-1'] };

let points: readonly string[] = [];
beforeAll(async () => {
  const home = await prepared();
  const file = join(home.path, 'points');
  await lookWith(home, `count:0:${file}`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  points = lines.map((line) => line.replace(/^\d+ /, ''));
  await home.remove();
}, 60_000);

/** In each run where it matters most; with ATHENE_ALL_FAULTS=1 at all that a look passes. */
it.each([
  ['kill', ['db reactions', 'db reactions: commit']],
  ['fail', ['db reactions: commit']],
])('tells its agent once after a %s at any point', { timeout: wholeRun ? 600_000 : 120_000 }, async (kind, usual) => {
  expect(points).toEqual(expect.arrayContaining(usual));
  for (const [index, point] of points.entries()) {
    if (!wholeRun && !usual.includes(point)) continue;
    const home = await prepared();
    await lookWith(home, kind === 'kill' ? `kill:${index + 1}` : `fail:${index + 1}:ENOSPC`);
    const store = await home.openFully({ now: () => due });
    const left = stateOf(store);
    expect([point, left]).toEqual([point, left.waits === 0 ? before : after]);
    await look(store, due);
    await look(store, due);
    expect([point, stateOf(store)]).toEqual([point, after]);
    await home.remove();
  }
});
