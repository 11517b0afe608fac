import { expect, it } from 'vitest';
import { damagedSessionView } from '#shared/domain/session-view.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { PullRequestView } from '#shared/domain/pull-request-view.ts';
import { statusText } from './status-text.ts';
import type { Listing } from './session-listing.ts';

const now = 10_000_000;
const session = (id: string, more: Partial<SessionView> = {}): SessionView => ({
  ...damagedSessionView(id, 'api', ''),
  ...{ damaged: null, state: 'working', status: 'working', since: now - 65_000, createdAt: now - 7_200_000 },
  ...{ agent: 'codex', name: id, probe: null, because: '' },
  ...more,
});
const pullRequest = (number: number) => ({
  number,
  url: `https://github.com/acme/api/pull/${number}`,
  state: 'open' as const,
});

const text = (sessions: readonly SessionView[], more: Partial<Listing> = {}) =>
  statusText(
    { sessions, hidden: { terminated: 0, archived: 0 }, reports: new Map(), pullRequests: new Map(), ...more },
    { now, spawnsInLine: 0, spawnsPaused: false },
  ).join('\n');

it('shows columns only where something stands in them', () => {
  expect(text([session('api-1', { branch: 'feat/7' }), session('api-12', { name: 'Fix\u001b[31m it' })])).toBe(
    `SESSION  STATE    STATUS   SINCE  AGE  AGENT  BRANCH  NAME
api-1    working  working  1m     2h   codex  feat/7  api-1
api-12   working  working  1m     2h   codex          Fix [31m it`,
  );
});

it('shows pull requests, and those that lead apart from those that work', () => {
  const sessions = [
    session('api-1', { status: 'ci_failed', pullRequest: pullRequest(7) }),
    session('api-orchestrator', { kind: 'orchestrator', leads: ['api'] }),
    session('api-2', { status: 'mergeable', pullRequest: pullRequest(8) }),
  ];
  const facts = {
    ci: 'failing',
    decision: 'none',
    conflicts: 'no',
    threads: [{ resolved: false }, { resolved: true }],
  };
  const read = (number: number, more: object, stale: PullRequestView['stale'] = null) =>
    ({ project: 'api', number, facts: { ...facts, ...more }, stale }) as unknown as PullRequestView;
  const pullRequests = new Map([
    ['api-1', read(7, {})],
    ['api-2', read(8, { ci: 'passing', decision: 'approved' }, { since: now - 60_000, why: 'GitHub was offline.' })],
  ]);
  expect(text(sessions, { pullRequests })).toBe(
    `SESSION           STATE    STATUS   SINCE  AGE  AGENT  LEADS  NAME
api-orchestrator  working  working  1m     2h   codex  api    api-orchestrator

SESSION  STATE    STATUS     SINCE  AGE  AGENT  PR  CI        REVIEW     THREADS  NAME
api-1    working  ci_failed  1m     2h   codex  #7  failing              1        api-1
api-2    working  mergeable  1m     2h   codex  #8  passing?  approved?  1?       api-2
Not read anew for 1m: #8. GitHub was offline.`,
  );
});

it('says what is hidden, and what was reported', () => {
  const report = {
    ...({ id: 'r', session: 'api-1', terminal: null, at: now - 60_000, source: 'report', pullRequest: null } as const),
    ...({
      actor: 'api-1',
      state: 'needs_input',
      note: 'Which\nport?',
      refusal: null,
      before: 'working',
      after: 'needs_input',
    } as const),
  };
  const refused = { ...report, actor: 'person', note: null, refusal: 'it has ended', after: null };
  const lines = text([session('api-1')], {
    hidden: { terminated: 2, archived: 1 },
    reports: new Map([['api-1', [report, refused]]]),
  }).split('\n');
  expect(lines.slice(2)).toEqual([
    'api-1: 1m ago needs input, "Which port?", working → needs_input',
    'api-1: 1m ago needs input, refused: it has ended, told by person',
    'Not shown: 2 that ended, 1 archived. All of them: -a',
  ]);
});

it('says how to begin where there is nothing', () => {
  expect(text([])).toBe('No sessions yet. Start one: athene spawn, or try athene demo');
});
