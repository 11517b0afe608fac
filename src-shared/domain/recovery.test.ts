import { describe, expect, it } from 'vitest';
import { actFor, classify, isMassDeath, isReapable, mostRecoveries, type SessionEvidence } from './recovery.ts';

const healthy: SessionEvidence = {
  ...{
    record: 'running',
    maker: null,
    terminal: 'shown',
    keeper: 'alive',
    agent: 'alive',
    marked: 1,
    workspace: 'there',
  },
};
const gone = { terminal: 'absent', keeper: 'gone', agent: 'gone', marked: 0 } as const;

const cases: readonly (readonly [what: string, Partial<SessionEvidence>, expected: string])[] = [
  ['all signs of life', {}, 'live: runs'],
  ['a lost one that lives', { record: 'doubted' }, 'live: runs'],
  ['life without its worktree', { workspace: 'missing' }, 'partial: worktree-missing'],
  ['life in a worktree that cannot be looked at', { workspace: 'unknown' }, 'live: runs'],
  ['a terminal without its process', { agent: 'gone' }, 'partial: signals-disagree'],
  ['a shown terminal whose process cannot be judged', { agent: 'unknown' }, 'live: runs'],
  ['an end that was seen', { terminal: 'exited', keeper: 'gone', agent: 'gone', marked: 0 }, 'dead: exited'],
  ['an end that was seen, of a process that runs', { terminal: 'exited', agent: 'alive' }, 'partial: signals-disagree'],
  ['nothing left', gone, 'dead: vanished'],
  ['nothing left, and no worktree', { ...gone, workspace: 'missing' }, 'dead: vanished'],
  ['a process that outlived its terminal', { ...gone, agent: 'alive' }, 'partial: runs-without-terminal'],
  ['a child that outlived terminal and agent', { ...gone, marked: 1 }, 'partial: runs-without-terminal'],
  ['a terminal whose host may live', { ...gone, keeper: 'alive' }, "can't-tell: keeper-silent"],
  ['a terminal of which nothing was kept', { ...gone, keeper: 'unknown' }, "can't-tell: keeper-silent"],
  ['a process that cannot be judged', { ...gone, agent: 'unknown' }, "can't-tell: process-unknown"],
  ['processes that cannot be looked at', { ...gone, marked: null }, "can't-tell: not-looked-at"],
  [
    'a service that does not answer',
    { terminal: 'unknown', keeper: 'unknown', agent: 'gone' },
    "can't-tell: runtime-silent",
  ],
  [
    'a running one without terminal',
    { terminal: 'none', keeper: 'unknown', agent: 'unknown' },
    'partial: no-terminal-on-record',
  ],
  ['one that is being made', { record: 'making', maker: 'alive', terminal: 'none' }, "can't-tell: in-work"],
  ['one whose maker stands still', { record: 'making', maker: 'unknown', ...gone }, "can't-tell: in-work"],
  ['one that nobody makes and that never ran', { record: 'making', terminal: 'none', marked: 0 }, 'dead: never-ran'],
  [
    'one that nobody makes and of which something runs',
    { record: 'making', terminal: 'none' },
    'partial: no-terminal-on-record',
  ],
  ['an ended one', { record: 'over', ...gone }, 'unrecoverable: over'],
  ['an ended one that left something in the background', { record: 'over', ...gone, marked: 2 }, 'unrecoverable: over'],
  ['an ended one whose agent runs', { record: 'over' }, 'partial: ended-but-runs'],
];

/** Every combination that there is. */
function* everyEvidence(): Generator<SessionEvidence> {
  const liveness = ['alive', 'gone', 'unknown'] as const;
  for (const record of ['making', 'running', 'doubted', 'over'] as const)
    for (const maker of [null, ...liveness])
      for (const terminal of ['shown', 'exited', 'absent', 'unknown', 'none'] as const)
        for (const keeper of liveness)
          for (const agent of liveness)
            for (const marked of [null, 0, 2])
              for (const workspace of ['there', 'missing', 'unknown', 'none'] as const)
                yield { record, maker, terminal, keeper, agent, marked, workspace };
}

describe('what a session is after something died', () => {
  it.each(cases)('%s', (_, change, expected) => {
    const { class: kind, reason } = classify({ ...healthy, ...change });
    expect(`${kind}: ${reason}`).toBe(expected);
  });

  it('never takes doubt for an end, whatever else is known', () => {
    const wrong = [...everyEvidence()].filter((evidence) => {
      const { class: kind, reason } = classify(evidence);
      if (kind !== 'dead') return false;
      const { maker, terminal, keeper, agent, marked } = evidence;
      const doubted = maker === 'alive' || maker === 'unknown' || terminal === 'unknown' || terminal === 'shown';
      const seenToEnd = reason === 'exited' && terminal === 'exited' && agent !== 'alive';
      const twoProofs = keeper === 'gone' && agent === 'gone' && marked === 0;
      const neverThere = terminal === 'none' && evidence.record === 'making' && marked === 0;
      return doubted || !(seenToEnd || twoProofs || neverThere);
    });
    expect(wrong).toEqual([]);
  });

  it('ends and reaps nothing of which it can not tell', () => {
    const acts = [...everyEvidence()]
      .map(classify)
      .filter(({ class: kind }) => kind === "can't-tell")
      .map((each) => actFor(each, doubted, { ours: true, due: true }));
    expect(new Set(acts)).toEqual(new Set(['none']));
  });
});

const doubted = { state: 'doubted', recoveries: 0, escalatedFor: null, stopped: false } as const;
const leave = { ours: true, due: true };
const act = (change: Partial<SessionEvidence>, record: Partial<Parameters<typeof actFor>[1]> = {}, given = leave) =>
  actFor(classify({ ...healthy, ...change }), { ...doubted, ...record }, given);

describe('what is done about it', () => {
  it.each([
    ['leaves alone what runs and is known to', act({}, { state: 'running' }), 'none'],
    ['believes what was taken for lost', act({}), 'believe'],
    ['asks a person after so many times', act({}, { recoveries: mostRecoveries }), 'escalate'],
    ['asks a person once', act({}, { recoveries: mostRecoveries, escalatedFor: 'x' }), 'none'],
    ['ends what is gone', act(gone), 'end'],
    ['ends what nobody can see any more', act({ ...gone, agent: 'alive' }), 'reap'],
    ['gives it time', act({ ...gone, agent: 'alive' }, {}, { ours: true, due: false }), 'escalate'],
    ['touches no name but its own', act({ ...gone, agent: 'alive' }, {}, { ours: false, due: true }), 'escalate'],
    ['asks a person where signs contradict each other', act({ agent: 'gone' }), 'escalate'],
    ['carries out a stop', act({ record: 'over' }, { state: 'over', stopped: true }), 'stop'],
    ['believes what ended only on record', act({ record: 'over' }, { state: 'over' }), 'believe'],
    ['leaves the ended alone', act({ record: 'over', ...gone }, { state: 'over' }), 'none'],
  ])('%s', (_, done, expected) => {
    expect(done).toBe(expected);
  });
});

it.each([
  [2, 2, false],
  [3, 3, true],
  [3, 10, false],
  [4, 13, true],
  [20, 20, true],
  [3, 1000, false],
])('%i dead of %i: held back %s', (dead, of, expected) => {
  expect(isMassDeath(dead, of)).toBe(expected);
});

it.each([
  ['api-3', true],
  ['api-orchestrator', false],
  ['web-7', false],
  ['my-api-3', false],
  ['api-3x', false],
  ['api-03', false],
  ['api-', false],
  ['api', false],
  ['axb-1', false],
  ['a.b-1', true],
  ['main', false],
  ['api-3\n', false],
])('the name %j may be ended: %s', (name, expected) => {
  const prefixes = ['api', 'web', 'a.b'];
  expect(isReapable(name, { prefixes, coordinators: new Set(['web-7']) })).toBe(expected);
});
