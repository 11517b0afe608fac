// What agents say of themselves and what their hooks tell, from the stored rows to the view, the record and the explanation.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { listReports } from '../storage/reports.ts';
import { getSession } from '../storage/sessions.ts';
import { insertSpoolEvent } from '../storage/spool-events.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;
const patience = { timeout: 25_000, interval: 50 };

beforeAll(async () => {
  app = await home.open(true);
  await ask(app, 'project.addSandbox', {});
  sessions = follow(app, 'sessions', ({ id }) => id);
}, 30_000);
afterAll(() => home.close(), 30_000);

const spawn = (command: string): Promise<string> => spawnIn(app, { command });

const plainly = { source: 'report', pullRequest: { number: null, url: null } } as const;

const view = (id: string): SessionView | undefined => sessions.items().find((session) => session.id === id);
const recorded = (id: string) => {
  const stored = app.sessions.store.read((tx) => getSession(tx, id));
  return stored !== null && 'record' in stored ? stored.record.lifecycle.session : null;
};

it('a report says why a session rests, is shown and recorded, and ends with the session', async () => {
  const id = await spawn('echo ready; read line; read end');
  await expect.poll(() => view(id)?.terminal ?? null, patience).not.toBeNull();
  await expect.poll(() => view(id)?.lastOutputAt ?? null, patience).not.toBeNull();
  expect(
    await ask(app, 'session.report', { id, state: 'needs_input', note: 'Which port? TOKEN=s3cr3t-one', ...plainly }),
  ).toMatchObject({
    ok: true,
  });
  await expect
    .poll(() => view(id), patience)
    .toMatchObject({
      ...{ state: 'asks-you', status: 'needs_input', confidence: 'likely' },
      because: 'It reported: needs input, "Which port? TOKEN=[secret]"',
    });
  await expect.poll(() => recorded(id)?.state, patience).toBe('needs_input');
  const trace = await ask(app, 'session.explain', { id });
  expect(trace.ok && trace.value).toMatchObject([
    { trace: 1, session: id, agent: 'custom' },
    {
      fact: { source: 'report', claim: { kind: 'reports', state: 'needs_input', note: 'Which port? TOKEN=[secret]' } },
    },
    { terminal: { exit: null } },
    { decision: { state: 'needs_input', rule: 'reported' } },
  ]);
  await app.sessions.runtime.input(view(id)?.terminal ?? '', Buffer.from('8080\r'));
  await expect.poll(() => view(id)?.state, patience).toBe('working');
  await ask(app, 'session.kill', { id });
  expect(await ask(app, 'session.report', { id, state: 'working', note: null, ...plainly })).toMatchObject({
    ok: false,
    problem: { code: 'report-refused', what: `${id} can't report: it has ended.` },
  });
}, 60_000);

it('a hook of a terminal that was replaced says nothing any more', async () => {
  const id = await spawn('echo ready; read end');
  await expect.poll(() => view(id)?.terminal ?? null, patience).not.toBeNull();
  const event = { session: id, source: 'git', kind: 'checkout', at: Date.now(), body: {} } as const;
  const factsNow = async () => {
    const trace = await ask(app, 'session.explain', { id });
    return trace.ok ? trace.value.flatMap((line) => ('fact' in line ? [line.fact.claim] : [])) : [];
  };
  await app.sessions.store.write('test', (tx) => {
    insertSpoolEvent(tx, { ...event, id: randomUUID(), terminal: randomUUID() });
    insertSpoolEvent(tx, { ...event, id: randomUUID(), terminal: view(id)?.terminal ?? '' });
  });
  expect(await factsNow()).toEqual([{ kind: 'moved', what: 'git checkout' }]);
  await ask(app, 'session.kill', { id });
}, 60_000);

it('a report that names a pull request opens its record, and the audit says from what to what', async () => {
  const id = await spawn('echo ready; read end');
  await expect.poll(() => view(id)?.state, patience).toBe('working');
  const url = 'https://github.com/acme/api/pull/88';
  const told = { id, state: 'ready_for_review', note: null, source: 'report' } as const;
  expect(await ask(app, 'session.report', { ...told, pullRequest: { number: 87, url } })).toMatchObject({
    ok: false,
    problem: { code: 'report-refused', what: `${id} can't report: the address names 88, and not 87.` },
  });
  const answer = await ask(app, 'session.report', { ...told, pullRequest: { number: null, url } });
  expect(answer).toEqual({ ok: true, value: { before: 'working', after: 'review_pending' } });
  await expect.poll(() => view(id)?.pullRequest, patience).toEqual({ number: 88, url, state: 'open' });
  const audit = app.sessions.store.read((tx) => listReports(tx, id, 10));
  expect(audit).toMatchObject([
    {
      state: 'ready_for_review',
      refusal: null,
      before: 'working',
      after: 'review_pending',
      pullRequest: { number: 88, url },
    },
    { refusal: 'the address names 88, and not 87', after: null },
  ]);
  await ask(app, 'session.kill', { id });
}, 60_000);
