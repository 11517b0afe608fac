// What a window sees of reactions when something else than they themselves is another: nobody supervises here, so nothing is written of them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acquireKernelLock, type KernelLock } from '../lib/kernel-lock.ts';
import { addSession, worker } from '../lifecycle/reactions/fixtures/reaction-home.ts';
import { failing, sampleFacts } from '../lifecycle/reactions/fixtures/sample-facts.ts';
import { listReactions } from '../storage/reactions.ts';
import { notePullRequestStale, savePullRequest } from '../storage/pull-requests.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
let lock: KernelLock | null;

beforeAll(async () => {
  mkdirSync(join(home.path, 'run'), { mode: 0o700 });
  lock = acquireKernelLock(join(home.path, 'run', 'supervisor.lock'));
  expect(lock).not.toBe(null);
  host = await home.open(true);
  await ask(host, 'project.addSandbox', {});
  await addSession(host.sessions.store, worker('app-1', { project: 'sandbox' }));
}, 60_000);
afterAll(async () => {
  lock?.release();
  await home.close();
}, 30_000);

it('follows facts of pull requests and config.yaml', async () => {
  const { store } = host.sessions;
  const feed = follow(host, 'reactions', ({ session }) => session);
  const shown = () => {
    const found = feed.items()[0]?.reactions.find(({ key }) => key === 'ci-failed');
    return found === undefined ? null : [found.auto, found.plan.kind];
  };
  expect(shown()).toEqual([true, 'nothing']);
  await store.write('read', (tx) => savePullRequest(tx, 'sandbox', sampleFacts({ checks: [failing('lint')] })));
  await expect.poll(shown).toEqual([true, 'due']);
  await store.write('not read', (tx) => notePullRequestStale(tx, { project: 'sandbox', number: 7 }, 'no network'));
  await expect.poll(shown).toEqual([true, 'nothing']);
  await store.write('read', (tx) => savePullRequest(tx, 'sandbox', sampleFacts({ checks: [failing('lint')] })));
  await expect.poll(shown).toEqual([true, 'due']);
  writeFileSync(home.config, `${readFileSync(home.config, 'utf8')}\nreactions:\n  ci-failed: { auto: false }\n`);
  await expect.poll(shown).toEqual([false, 'rests']);
  expect(store.read((tx) => listReactions(tx))).toEqual([]);
});
