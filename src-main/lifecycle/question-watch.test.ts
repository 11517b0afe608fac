// What becomes of a session's question as hooks tell and screens change: one row is open at most, and its id stays as long as it is the same one.
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { TerminalFacts } from '#shared/domain/activity.ts';
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { initialLifecycle } from '#shared/domain/lifecycle.ts';
import { ownIdentity } from '../lib/process-identity.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { listOpenQuestions, takeQuestion } from '../storage/questions.ts';
import { insertSession, updateSession } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { insertTerminal } from '../storage/terminals.ts';
import { watchQuestions, type QuestionWatch } from './question-watch.ts';
import type { ToldQuestion } from './told-question.ts';

const home = new ScratchHome();
let store: Store;
let watch: QuestionWatch;
let facts: TerminalFacts | null;
let told: ToldQuestion;
let seen: boolean;
let now: number;
let made = 0;

const terminal = '01a00000-0000-7000-8000-000000000001';
const live = { ...initialLifecycle(1), session: { ...initialLifecycle(1).session, state: 'working' as const } };

beforeEach(async () => {
  store ??= await home.openFully();
  await store.write('test', (tx) => {
    tx.run('DELETE FROM sessions');
    tx.run('DELETE FROM terminals');
    insertSession(tx, sampleRecord('app-1', { terminal, lifecycle: live }));
    insertTerminal(tx, {
      ...{
        id: terminal,
        session: 'app-1',
        role: 'agent',
        runtime: 'pty',
        state: 'alive',
        size: { cols: 80, rows: 24 },
      },
    });
  });
  [facts, told, seen, now] = [quiet, { asked: null, wentOnAt: null }, true, 100_000];
  const newId = () => `01a00000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`;
  const sources = { watch: { facts: () => facts, hasSeenScreen: () => seen }, told: () => told };
  watch = watchQuestions({ store, newId, now: () => now }, sources);
});
afterAll(() => home.remove());

const quiet: TerminalFacts = {
  ...{ lastOutputAt: 50_000, outputSince: 50_000, busyAt: null, bellAt: null, noticeAt: null, notice: null },
  ...{ inputAt: null, exit: null, screen: null },
};
const question = (more: Partial<FoundQuestion> = {}): FoundQuestion => ({
  ...{ kind: 'permission', text: 'Do you want to proceed?', tool: 'Bash command', command: 'ls', cwd: null },
  ...{ unusual: [], choices: [{ number: 1, label: 'Yes', meaning: 'allow-once', keys: '1' }], takesText: false },
  ...more,
});
const shows = (found: FoundQuestion, at = 50_000): TerminalFacts => ({
  ...quiet,
  lastOutputAt: at,
  outputSince: at,
  screen: { question: found.text, found, at, since: at },
});
const tells = (command: string, at = 50_000): ToldQuestion => ({
  asked: {
    found: question({ text: 'It asks for permission: Bash', tool: 'Bash', command, cwd: '/w', choices: [] }),
    at,
  },
  wentOnAt: null,
});
async function look() {
  await watch.look();
  const [open, ...more] = store.read((tx) => listOpenQuestions(tx));
  expect(more).toEqual([]);
  return open === undefined
    ? null
    : {
        id: open.id,
        source: open.source,
        command: open.found.command,
        keys: open.found.choices.map(({ keys }) => keys),
      };
}
const closings = () =>
  store.read((tx) => tx.all<{ how: string }>('SELECT how FROM questions WHERE closed IS NOT NULL ORDER BY closed, id'));

it('is told by a hook first, and then by the screen as well: the same question, now with keys', async () => {
  told = tells('ls');
  const first = await look();
  expect(first).toMatchObject({ source: 'hook', command: 'ls', keys: [] });
  facts = shows(question(), 51_000);
  expect(await look()).toEqual({ id: first?.id, source: 'both', command: 'ls', keys: ['1'] });
  told = { asked: null, wentOnAt: 52_000 };
  expect([await look(), closings()]).toEqual([null, [{ how: '{"kind":"withdrawn"}' }]]);
});

it('is seen on the screen first', async () => {
  facts = shows(question());
  const first = await look();
  told = tells('ls', 50_500);
  expect(await look()).toEqual({ id: first?.id, source: 'both', command: 'ls', keys: ['1'] });
});

it('goes by the screen where a hook tells of something else, and keeps what it knew of the one that stands', async () => {
  [told, facts] = [tells('ls'), shows(question())];
  const first = await look();
  told = tells('rm -rf /', 60_000);
  expect(await look()).toEqual(first);
  facts = shows(question({ command: 'ls; rm -rf /' }), 61_000);
  expect(await look()).toMatchObject({ source: 'screen', command: 'ls; rm -rf /' });
  expect((await look())?.id).not.toBe(first?.id);
});

it('is another one after somebody typed, also in the same words', async () => {
  facts = shows(question());
  const first = await look();
  facts = { ...facts, inputAt: 55_000 };
  expect(await look()).toBe(null);
  facts = { ...shows(question(), 56_000), inputAt: 55_000 };
  expect((await look())?.id).not.toBe(first?.id);
  expect(closings()).toEqual([{ how: '{"kind":"typed"}' }]);
});

it('stays open while nobody can tell: no word of the terminal service, a screen that nobody has seen', async () => {
  facts = shows(question());
  const first = await look();
  facts = null;
  expect(await look()).toEqual(first);
  [facts, seen] = [quiet, false];
  expect(await look()).toEqual(first);
  seen = true;
  expect(await look()).toBe(null);
});

it('is left alone while somebody answers it, and given up when that process is gone', async () => {
  facts = shows(question());
  const first = await look();
  const [own, at] = [ownIdentity(), Date.now()];
  await store.write('test', (tx) => takeQuestion(tx, first?.id ?? '', { ...own, by: 'person', at }));
  facts = shows(question({ text: 'Another?' }), 60_000);
  expect((await look())?.id).toBe(first?.id);
  await store.write('test', (tx) =>
    tx.run('UPDATE questions SET answering = ?', JSON.stringify({ ...own, by: 'person', at, bootId: 'another boot' })),
  );
  expect((await look())?.id).not.toBe(first?.id);
});

it('is over with its session', async () => {
  facts = shows(question());
  await look();
  const ended = { ...live, session: { ...live.session, state: 'terminated' as const, terminatedAt: 90_000 } };
  await store.write('test', (tx) =>
    updateSession(tx, 'app-1', 1, sampleRecord('app-1', { terminal, lifecycle: ended })),
  );
  expect([await look(), closings()]).toEqual([null, [{ how: '{"kind":"ended"}' }]]);
});

it('knows that it draws on once that is seen, and stays the same question', async () => {
  facts = shows(question());
  const first = await look();
  const draws = () => store.read((tx) => listOpenQuestions(tx)).map(({ id, drawsOn }) => [id, drawsOn]);
  expect(draws()).toEqual([[first?.id, false]]);
  const { screen } = shows(question(), 59_000);
  facts = { ...quiet, lastOutputAt: 60_000, busyAt: 60_000, screen: screen && { ...screen, drawsOn: true } };
  await look();
  expect(draws()).toEqual([[first?.id, true]]);
});

it('keeps what a hook tells while the agent draws on without a pause', async () => {
  [told, facts] = [tells('ls'), { ...quiet, lastOutputAt: 90_000, busyAt: 90_000 }];
  expect(await look()).toMatchObject({ source: 'hook', command: 'ls' });
});

it('writes nothing when nothing changes', async () => {
  facts = shows(question());
  await look();
  const last = () => store.read((tx) => tx.get('SELECT max(seq) AS seq FROM changes'));
  const before = last();
  await look();
  expect(last()).toEqual(before);
});
