import { describe, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { findFaults } from './checks.ts';
import type { Facts } from './facts.ts';

const terminal = '01a20e88-792b-75c3-807a-eb0cec7acc90';
const workspace = {
  path: '/h/worktrees/app/a-1',
  branch: 'b',
  baseCommit: '',
  branchCreated: true,
  kind: 'worktree',
} as const;
const live = (change: Partial<SessionRecord> = {}): SessionRecord =>
  sampleRecord('a-1', {
    terminal,
    workspace,
    issue: null,
    lifecycle: withRuntimeStarted(initialLifecycle(1), 2),
    ...change,
  });
const block = { base: 21_000, count: 10 };
const twin = sampleRecord('a-2', {
  workspace: { ...workspace, path: '/h/worktrees/app/a-2' },
  ports: { base: 21_009, count: 1 },
  lifecycle: live().lifecycle,
});
const row = {
  id: terminal,
  session: 'a-1',
  role: 'agent',
  label: '',
  runtime: 'pty',
  state: 'alive',
  exit: null,
  size: { cols: 1, rows: 1 },
  created: 1,
  updated: 1,
} as const;
const repository = {
  project: 'app',
  path: '/r',
  branches: new Set(['b']),
  worktrees: ['/h/worktrees/app/a-1'],
  brokenRescues: [],
};

const facts = (change: Partial<Facts>): Facts => ({
  ...{
    sessions: [live()],
    damaged: [],
    claims: [],
    terminals: [row],
    running: [],
    deliveries: [],
    tokens: ['a-1'],
    processes: [],
  },
  recovery: [],
  ...{ counters: [{ prefix: 'A', last: 9 }], belongings: [] },
  ...{ probes: new Map([[terminal, { kind: 'alive', pid: 1 }]]), repositories: [repository], worktrees: ['app/a-1'] },
  ...{
    sessionDirectories: [],
    transcripts: [terminal],
    keptTranscripts: new Set<string>(),
    spool: { unfinished: [], stuck: [], rejected: [] },
    trusts: [],
    runFiles: [],
    extensions: { wanted: true, placed: [] },
    line: [],
    projects: { known: new Set(['app']), troubled: false },
  },
  ...change,
});
const told = (change: Partial<Facts>, gone = false) =>
  findFaults(facts(change), () => gone).map(({ kind, state }) => `${kind} ${state}`);
const request = {
  id: 'q',
  kind: 'spawn',
  input: null,
  state: 'running',
  session: 'a-1',
  result: null,
  owner: null,
  created: 1,
  updated: 1,
} as const;

const placed = (state: Facts['extensions']['placed'][number]['state']) => ({
  ...{ agent: 'gemini', directory: '/home/.gemini/extensions/athene' },
  state,
});
const place = {
  request: 'q',
  kind: 'spawn',
  session: null,
  project: 'app',
  owner: null,
  process: null,
  admitted: false,
  created: 1,
} as const;

describe('what a check of the home finds', () => {
  it.each([
    ['nothing, when all fits', {}, []],
    [
      'an ended terminal that is on record as alive',
      { probes: new Map([[terminal, { kind: 'ended', exit: null }]]) },
      ['terminal-lost found'],
    ],
    [
      'a terminal of which nobody can tell',
      { probes: new Map([[terminal, { kind: 'unknown', why: 'x' }]]) },
      ["terminal-lost can't-tell"],
    ],
    ['a live session without its worktree', { worktrees: [] }, ['worktree-missing kept']],
    [
      'a live session without its branch',
      { repositories: [{ ...repository, branches: new Set<string>() }] },
      ['branch-missing kept'],
    ],
    [
      'ports of two that live, and not those of one that ended',
      {
        sessions: [live({ ports: block }), twin, { ...twin, id: 'a-3', lifecycle: withKilled(twin.lifecycle, 3) }],
        worktrees: ['app/a-1', 'app/a-2'],
      },
      ['ports-twice kept'],
    ],
    [
      'the missing directory of a clone, and not its branch',
      { sessions: [live({ workspace: { ...workspace, kind: 'clone', branch: 'its own' } })], worktrees: [] },
      ['worktree-missing kept'],
    ],
    [
      'nothing of places that Athene did not make',
      { sessions: [live({ workspace: { ...workspace, kind: 'in-place', branch: null, path: '/r' } })] },
      [],
    ],
    [
      'a repository that does not answer',
      { repositories: [{ ...repository, branches: null, worktrees: null, brokenRescues: null }] },
      ["not-looked-at can't-tell"],
    ],
    [
      'a snapshot that cannot be read',
      { repositories: [{ ...repository, brokenRescues: ['refs/x'] }] },
      ['rescue-unreadable kept'],
    ],
    [
      'a living terminal of a session that is gone',
      { sessions: [], worktrees: [], tokens: [] },
      ["terminal-without-session can't-tell", 'worktree-stale found'],
    ],
    [
      'nothing of a worktree that an ended session has lost',
      { sessions: [live({ lifecycle: withKilled(live().lifecycle, 3) })], worktrees: [], tokens: [] },
      [],
    ],
    [
      'nothing of a session whose record is damaged, but the damage',
      { sessions: [], damaged: [{ id: 'a-1', project: 'app', why: 'x' }] },
      ['session-damaged kept'],
    ],
    [
      'a token of an ended session',
      { sessions: [live({ lifecycle: withKilled(live().lifecycle, 3) })] },
      ['token-stale found'],
    ],
    ['a token of a session that nobody knows', { tokens: ['a-9'] }, ['token-stale found']],
    [
      'what lies in the spool to no purpose',
      { spool: { unfinished: ['.a.tmp'], stuck: ['b.json'], rejected: ['c.json.1'] } },
      ['spool-unfinished found', 'spool-stuck found', 'spool-rejected found'],
    ],
    [
      'an entry in a file of an agent, for a worktree whose session is gone',
      { trusts: ['a-1', 'a-2'].map((session) => ({ agent: 'claude-code', file: '/f', path: `/${session}`, session })) },
      ['trust-left found'],
    ],
    ['a counter that would give a number twice', { counters: [{ prefix: 'a', last: 0 }] }, ['counter-behind found']],
    ['a number without a counter', { counters: [] }, ['counter-behind found']],
    [
      'two live sessions with one conversation',
      {
        sessions: [
          live({ conversation: 'c' }),
          live({ id: 'a-0', number: null, terminal: null, workspace: null, conversation: 'c' }),
        ],
      },
      ['conversation-twice kept'],
    ],
    [
      'what was kept for a session that is gone',
      { belongings: [{ of: 'outbox', session: 'a-9' }] },
      ['row-unowned found'],
    ],
    [
      'an extension on record that is not there, is somebody else’s, or can not be looked at',
      { extensions: { wanted: true, placed: [placed('missing'), placed('foreign'), placed('unknown')] } },
      ['extension-left found', 'extension-left kept', "extension-left can't-tell"],
    ],
    [
      'nothing of an extension that the next launch makes again',
      { extensions: { wanted: true, placed: [placed('good'), placed('changed')] } },
      [],
    ],
    [
      'an extension that is not wanted any more',
      { extensions: { wanted: false, placed: [placed('good'), placed('changed')] } },
      ['extension-left found', 'extension-left found'],
    ],
    ['a spawn in line that nobody has asked for any more', { line: [place] }, ['place-left found']],
    ['nothing of a spawn that waits in line', { line: [place], running: [{ ...request, session: null }] }, []],
    [
      'a restore in line of a session that is gone',
      { line: [{ ...place, kind: 'restore', session: 'a-9' }] },
      ['place-left found'],
    ],
    ['nothing of a restore in line', { line: [{ ...place, kind: 'restore', session: 'a-1' }] }, []],
    ['that processes could not be looked at', { processes: null }, ["not-looked-at can't-tell"]],
    ['nothing of what somebody is just making', { worktrees: [], running: [request] }, []],
  ] satisfies [string, Partial<Facts>, string[]][])('%s', (_, change, expected) => {
    expect(told(change)).toEqual(expected);
  });

  const inLine = { running: [{ ...request, session: null }], line: [place] };
  it.each([
    ['stays for whoever waits on', inLine, ['place-left kept']],
    [
      'is told as a spawn once it may start',
      { ...inLine, line: [{ ...place, admitted: true }] },
      ['spawn-abandoned found'],
    ],
    [
      'is dead when its project is gone too',
      { ...inLine, projects: { known: new Set<string>(), troubled: false } },
      ['place-left found'],
    ],
    [
      'may be of a project that can not be read',
      { ...inLine, projects: { known: new Set<string>(), troubled: true } },
      ["place-left can't-tell"],
    ],
  ] satisfies [string, Partial<Facts>, string[]][])(
    'a place in line whose process is gone %s',
    (_, change, expected) => {
      expect(told(change, true)).toEqual(expected);
    },
  );

  it('tells an abandoned spawn whose owner is provably gone, and nothing more of its session', () => {
    expect(told({ running: [request] }, true)).toEqual(['spawn-abandoned found']);
  });
});
