// Rows that nothing else is found by: places in line, and directories beside agents' own extensions.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { initialLifecycle, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { usualPlace, type SpawnInput } from '#shared/domain/spawn.ts';
import { gatherFacts } from '../care/facts.ts';
import { repair } from '../care/repair.ts';
import type { LaunchContext } from '../plugins/agents/agent.ts';
import { gemini } from '../plugins/agents/definitions/gemini/definition.ts';
import { undoSpawn } from '../sessions/spawn/undo-spawn.ts';
import { findClaim, insertClaim } from '../storage/claims.ts';
import { reserveNumber } from '../storage/counters.ts';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { setMark } from '../storage/marks.ts';
import { insertReport } from '../storage/reports.ts';
import { attachSession, beginRequest, getRequest } from '../storage/requests.ts';
import { deleteSession, insertSession } from '../storage/sessions.ts';
import { listTokens, setTokenHash } from '../storage/tokens.ts';
import { joinLine, readLine } from '../storage/waiting-line.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
beforeAll(async () => {
  host = await home.open(false);
  await ask(host, 'project.addSandbox', {});
}, 30_000);
afterAll(() => home.close(), 30_000);

it('mends nothing of a session that has come, or was restored, since it was looked at', async () => {
  const { store, paths } = host.sessions;
  const issue = { raw: '7', id: '7' };
  await store.write('a live one', (tx) => {
    const lifecycle = withRuntimeStarted(initialLifecycle(1), 1);
    insertSession(tx, sampleRecord('chief', { project: 'sandbox', issue, lifecycle }));
    insertClaim(tx, { project: 'sandbox', issue: '7', session: 'chief', owner: host.sessions.identity });
    setTokenHash(tx, 'chief', 'of a token');
  });
  const files = paths.sessionDirectory('chief');
  const worktree = paths.worktreeFor('sandbox', 'chief');
  for (const path of [files, worktree]) mkdirSync(path, { recursive: true });
  const care = { care: host.care, facts: await gatherFacts(host.care), refresh: () => host.watch.refresh() };
  const seen = { session: 'chief', what: '', state: 'found', todo: '' } as const;
  const findings = [
    { kind: 'claim-of-ended', subject: '7' },
    { kind: 'token-stale', subject: 'chief' },
    { kind: 'files-unowned', subject: 'chief' },
    { kind: 'worktree-stale', subject: worktree },
  ] as const;
  for (const finding of findings)
    expect([finding.kind, await repair(care, { ...seen, ...finding })]).toEqual([finding.kind, false]);
  expect([files, worktree].map((path) => existsSync(path))).toEqual([true, true]);
  expect(store.read((tx) => [findClaim(tx, 'sandbox', '7')?.session, listTokens(tx)])).toEqual(['chief', ['chief']]);
  await store.write('gone', (tx) => void deleteSession(tx, 'chief'));
  for (const path of [files, worktree]) rmSync(path, { recursive: true });
});

const fsck = async (repair: boolean): Promise<readonly string[]> => {
  const checked = await ask(host, 'system.fsck', { repair });
  if (!checked.ok) throw new Error(checked.problem.what);
  return checked.value.findings.map(({ kind, subject, state }) => `${kind} ${subject} ${state}`).toSorted();
};

const input = (request: string, project: string): SpawnInput => ({
  ...{ request, project, agent: 'custom', command: 'true', prompt: 'mend it', issue: null, name: null },
  ...({ branch: null, base: null, permissions: 'ask', model: null, ...usualPlace } as const),
});

it('takes places out of the line that nobody can come to, and leaves those that somebody may wait on for', async () => {
  const { store, identity } = host.sessions;
  // Of another program with this number, long ago.
  const dead = { ...identity, startTime: '1' };
  const [waits, ofNoProject, restore] = [randomUUID(), randomUUID(), randomUUID()];
  await store.write('places', (tx) => {
    for (const [request, project] of [
      [waits, 'sandbox'],
      [ofNoProject, 'gone'],
    ] as const) {
      beginRequest(tx, { id: request, kind: 'spawn', input: input(request, project), owner: dead });
      joinLine(tx, { request, kind: 'spawn', session: null, project, owner: { kind: 'project' }, process: dead });
    }
    const row = { kind: 'restore', session: 'sandbox-9', project: 'sandbox', owner: { kind: 'project' } } as const;
    joinLine(tx, { ...row, request: restore, process: identity });
  });
  const [kept, found] = [
    [`place-left ${waits} kept`],
    [`place-left ${ofNoProject} found`, `place-left ${restore} found`],
  ];
  expect(await fsck(false)).toEqual([...kept, ...found].toSorted());
  expect(await fsck(true)).toEqual([...kept, ...found.map((line) => line.replace('found', 'repaired'))].toSorted());
  expect(await fsck(true)).toEqual(kept);
  expect(store.read(readLine).map(({ request }) => request)).toEqual([waits]);
  expect(store.read((tx) => getRequest(tx, ofNoProject))).toMatchObject({
    state: 'failed',
    input: { prompt: 'mend it' },
  });
  expect(await ask(host, 'session.cancelSpawn', { request: waits })).toEqual({ ok: true, value: null });
  expect(await fsck(false)).toEqual([]);
});

it.runIf(process.platform !== 'win32')(
  'brings extensions on record in line with what is there and wanted',
  async () => {
    const person = join(dirname(home.path), 'person');
    mkdirSync(person);
    const directory = join(person, '.gemini', 'extensions', 'athene');
    const context = { login: { HOME: person } } as unknown as LaunchContext;
    const launch = () =>
      host.sessions.hooks.along({ definition: gemini, record: sampleRecord('sandbox-1'), context }, false);
    await launch();
    expect([existsSync(join(person, '.gemini')), await fsck(false)]).toEqual([false, []]);
    await ask(host, 'settings.set', { agentExtensions: true });
    await launch();
    expect([existsSync(directory), await fsck(false)]).toEqual([true, []]);
    rmSync(directory, { recursive: true });
    expect(await fsck(true)).toEqual([`extension-left ${directory} repaired`]);
    expect(await fsck(false)).toEqual([]);
    await launch();
    await ask(host, 'settings.set', { agentExtensions: false });
    expect([existsSync(directory), await fsck(false)]).toEqual([false, []]);
  },
);

it('finds nothing kept for a session that was taken back while it was made, and forgets what is kept for one that is gone', async () => {
  const { store, identity } = host.sessions;
  const request = randomUUID();
  await store.write('a session that is made', (tx) => {
    beginRequest(tx, { id: request, kind: 'spawn', input: input(request, 'sandbox'), owner: identity });
    attachSession(tx, request, 'san-9');
    insertSession(tx, sampleRecord('san-9', { project: 'sandbox' }));
    reserveNumber(tx, 'san', 9);
    for (const session of ['san-9', 'san-8']) {
      setMark(tx, { session, mark: 'pin', value: true });
      const report = { id: randomUUID(), session, terminal: null, at: 1, actor: session, state: 'working' } as const;
      insertReport(tx, { ...report, note: null, refusal: null, source: 'report', pullRequest: null, before: null });
    }
  });
  const failed = { problem: { code: 'spawn-failed', what: 'It failed.' }, step: 'open-workspace' } as const;
  await undoSpawn(host.sessions, { request, session: 'san-9' }, failed);
  const gone = ['row-unowned marks san-8', 'row-unowned reports san-8'];
  expect(await fsck(false)).toEqual(gone.map((line) => `${line} found`));
  expect(await fsck(true)).toEqual(gone.map((line) => `${line} repaired`));
  expect(await fsck(false)).toEqual([]);
});
