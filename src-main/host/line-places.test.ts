// Places in line of sessions that wait to be restored: none for one that somebody stops, or has restored already.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { insertSession } from '../storage/sessions.ts';
import { joinLine, leaveLineOf, readLine } from '../storage/waiting-line.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
const ended = withKilled(withRuntimeStarted(initialLifecycle(1), 2), 3);

beforeAll(async () => {
  host = await home.open(false);
  await ask(host, 'project.addSandbox', {});
  const workspace = {
    ...{ path: host.projects()[0]?.path ?? '', branch: null, baseCommit: '', branchCreated: false },
    kind: 'in-place' as const,
  };
  await host.sessions.store.write('test', (tx) =>
    insertSession(tx, sampleRecord('san-7', { project: 'sandbox', lifecycle: ended, workspace })),
  );
}, 30_000);
afterAll(() => home.close(), 30_000);
beforeEach(() =>
  host.sessions.store.write('test', (tx) => {
    leaveLineOf(tx, 'san-7');
    const { identity } = host.sessions;
    const place = { kind: 'restore', session: 'san-7', project: 'sandbox', owner: { kind: 'project' } } as const;
    joinLine(tx, { ...place, request: randomUUID(), process: identity });
  }),
);
const line = () => host.sessions.store.read(readLine);

it('one that is stopped waits no more', async () => {
  expect(await ask(host, 'session.kill', { id: 'san-7' })).toMatchObject({ ok: true });
  expect(line()).toEqual([]);
});

it('one that was restored from elsewhere meanwhile waits no more', async () => {
  expect(await ask(host, 'session.restore', { id: 'san-7' })).toMatchObject({ ok: true });
  expect(line()).toEqual([]);
});
