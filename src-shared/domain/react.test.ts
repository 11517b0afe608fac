// The whole of a reaction's life, as looks at times: what is seen goes in, what is done comes out.
import { describe, expect, it } from 'vitest';
import { ruleInForce, type SessionReactionKey } from './reaction.ts';
import type { ReactionRule } from './reaction-rule.ts';
import type { ReactionState } from './reaction-state.ts';
import { graceBeforeSending, insistsAfter, react, type Act, type Around, type Plan, type Signal } from './react.ts';

const [second, minute] = [1000, 60_000];
const grace = graceBeforeSending;

/** Looks at one reaction, as often as it is told. */
class Looks {
  state: ReactionState | null = null;
  plan: Plan = { kind: 'nothing' };
  readonly rule;
  #message: Around['message'] = 'none';
  #sent = 0;

  constructor(key: SessionReactionKey, own: ReactionRule = {}) {
    this.rule = ruleInForce(key, [{ [key]: own }, {}]);
  }

  at(now: number, signal: Signal, around: Partial<Around> = {}): Act | null {
    const message = around.message ?? this.#message;
    const { state, act, plan } = react(
      this.state,
      { signal, rule: this.rule },
      { now, hold: null, busy: false, ...around, message },
    );
    this.plan = plan;
    this.state = state;
    if (act?.kind === 'send' && state !== null)
      this.state = { ...state, message: `00000000-0000-7000-8000-00000000000${(this.#sent += 1)}` };
    this.#message = act?.kind === 'send' ? 'arrived' : around.message === 'failed' ? 'none' : this.#message;
    return act;
  }
}

const on = (occasion: string, more: Partial<Extract<Signal, { kind: 'on' }>> = {}): Signal => ({
  kind: 'on',
  occasion,
  what: '',
  ...more,
});
const off: Signal = { kind: 'off' };
const green = (at: number): Signal => ({ kind: 'off', remembers: { greenAt: at } });
const running: Signal = { kind: 'off', remembers: { greenAt: null } };
const sent = (attempt: number, replaces: string | null = null): Act => ({ kind: 'send', attempt, replaces });

describe('a failing check', () => {
  it('is told once after a grace, again for two more failures, and then to a person', () => {
    const looks = new Looks('ci-failed');
    expect(looks.at(0, on('a'))).toBe(null);
    expect(looks.plan).toEqual({ kind: 'due', at: grace });
    expect(looks.at(grace - 1, on('a'))).toBe(null);
    expect(looks.at(grace, on('a'))).toEqual(sent(1));
    expect(looks.at(grace + second, on('a'))).toBe(null);
    looks.at(2 * minute, running);
    expect(looks.at(3 * minute, on('b'))).toBe(null);
    expect(looks.at(3 * minute + grace, on('b'))).toEqual(sent(2));
    expect(looks.at(6 * minute + grace, on('c'))).toBe(null);
    expect(looks.at(7 * minute + grace, on('c'))).toEqual(sent(3));
    looks.at(9 * minute, on('d'));
    expect(looks.at(9 * minute + grace, on('d'))).toEqual({ kind: 'escalate', why: 'Its agent was told 3 times.' });
    expect(looks.at(20 * minute, on('e'))).toBe(null);
    expect(looks.at(40 * minute, on('e'))).toBe(null);
  });

  it('is told again when the agent rests for ten minutes and nothing has changed, and a person in the end', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    const acts = [];
    for (let now = 0; now < 60 * minute; now += 10 * second) {
      const act = looks.at(now, on('a'));
      if (act !== null) acts.push([now, act.kind]);
    }
    expect(acts).toEqual([
      [grace, 'send'],
      [grace + insistsAfter, 'send'],
      [grace + 2 * insistsAfter, 'send'],
      [grace + 3 * insistsAfter, 'escalate'],
    ]);
  });

  it('is not told again while the agent works on it', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    looks.at(grace, on('a'));
    expect(looks.at(grace + insistsAfter, on('a'), { busy: true })).toBe(null);
    expect(looks.plan.kind).toBe('held');
    expect(looks.at(grace + insistsAfter + second, on('a'))).toEqual(sent(2));
  });

  it('keeps its count until the checks were green in three readings', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    looks.at(grace, on('a'));
    looks.at(3 * minute, green(1));
    looks.at(3 * minute, green(1));
    looks.at(3 * minute, green(1));
    looks.at(4 * minute, green(2));
    expect(looks.state?.attempts).toBe(1);
    looks.at(5 * minute, running);
    looks.at(6 * minute, green(3));
    looks.at(6 * minute, green(4));
    expect(looks.state?.greens).toBe(2);
    looks.at(7 * minute, green(5));
    expect(looks.state).toBe(null);
  });
});

it('that is held says so before its time, and remembers why only when that is another', () => {
  const looks = new Looks('ci-failed');
  const asks = { hold: { kind: 'wait', why: 'It asks.' } } as const;
  looks.at(0, on('a'));
  looks.at(second, on('a'), asks);
  expect(looks.plan).toEqual({ kind: 'held', why: 'It asks.' });
  const { state } = looks;
  looks.at(2 * second, on('a'), asks);
  expect(looks.state).toBe(state);
  looks.at(3 * second, on('a'));
  expect([looks.plan, looks.state?.held]).toEqual([{ kind: 'due', at: grace }, null]);
  looks.at(grace, on('a'), asks);
  expect(looks.at(grace + second, on('a'))).toEqual(sent(1));
  expect(looks.state?.held).toBe(null);
});

describe('comments of reviewers', () => {
  const gathers = { gathersFor: 2 * minute };

  it('are told once for each set, at most every two minutes', () => {
    const looks = new Looks('changes-requested');
    looks.at(0, on('1', gathers));
    expect(looks.at(grace, on('1', gathers))).toEqual(sent(1));
    expect(looks.at(grace + 40 * second, on('1 2', gathers))).toBe(null);
    expect(looks.at(grace + 2 * minute - 1, on('1 2', gathers))).toBe(null);
    expect(looks.at(grace + 2 * minute, on('1 2', gathers))).toEqual(sent(2));
    expect(looks.at(grace + 9 * minute, on('1 2', gathers))).toBe(null);
  });

  it('wait no two minutes when the review itself has changed', () => {
    const looks = new Looks('changes-requested');
    looks.at(0, on('1', { ...gathers, phase: 'none' }));
    looks.at(grace, on('1', { ...gathers, phase: 'none' }));
    looks.at(grace + second, on('1 2', { ...gathers, phase: 'changes_requested' }));
    expect(looks.at(2 * grace + second, on('1 2', { ...gathers, phase: 'changes_requested' }))).toEqual(sent(2));
  });

  it('become a person’s affair half an hour after the first, and nobody is told again until they are gone', () => {
    const looks = new Looks('changes-requested');
    looks.at(0, on('1', gathers));
    looks.at(grace, on('1', gathers));
    expect(looks.at(30 * minute, on('1', gathers))?.kind).toBe('escalate');
    expect(looks.at(31 * minute, on('1 2', gathers))).toBe(null);
    looks.at(32 * minute, off);
    looks.at(33 * minute, on('3', gathers));
    expect(looks.at(33 * minute + grace, on('3', gathers))).toEqual(sent(1));
  });

  it('are left alone while nobody can read them', () => {
    const looks = new Looks('changes-requested');
    looks.at(0, on('1', gathers));
    looks.at(grace, on('1', gathers));
    const before = looks.state;
    expect(looks.at(5 * minute, { kind: 'unknown', why: 'offline' })).toBe(null);
    expect(looks.state).toBe(before);
    expect(looks.at(50 * minute, { kind: 'unknown', why: 'offline' })).toBe(null);
  });
});

describe('a message', () => {
  it('that did not arrive is sent again without being counted, and not at once', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    looks.at(grace, on('a'));
    expect(looks.at(minute, on('a'), { message: 'failed' })).toBe(null);
    expect(looks.state).toMatchObject({ attempts: 0, failures: 1 });
    expect(looks.at(2 * minute, on('a'))).toEqual(sent(1));
  });

  it('that fails again and again is a person’s affair', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    const acts = [];
    for (let now = grace; now < 30 * minute; now += minute) {
      const act = looks.at(now, on('a'), looks.state?.message === null ? {} : { message: 'failed' });
      if (act !== null) acts.push(act.kind);
    }
    expect(acts).toEqual(['send', 'send', 'send', 'send', 'send', 'escalate']);
  });

  it('that still waits is replaced by what is newer, which is no further attempt', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    looks.at(grace, on('a'));
    const first = looks.state?.message ?? null;
    looks.at(minute, on('b'), { message: 'waits' });
    expect(looks.at(minute + grace, on('b'), { message: 'waits' })).toEqual(sent(1, first));
  });

  it('that still waits is withdrawn when it is over', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    looks.at(grace, on('a'));
    const message = looks.state?.message ?? '';
    expect(looks.at(minute, green(7), { message: 'waits' })).toEqual({ kind: 'withdraw', message });
    expect(looks.state).toMatchObject({ attempts: 0, message: null });
  });
});

describe('whoever can not be told', () => {
  it('is told when that is over', () => {
    const looks = new Looks('merge-conflicts');
    looks.at(0, on('a'));
    expect(looks.at(grace, on('a'), { hold: { kind: 'wait', why: 'It asks something.' } })).toBe(null);
    expect(looks.plan).toEqual({ kind: 'held', why: 'It asks something.' });
    expect(looks.at(minute, on('a'))).toEqual(sent(1));
  });

  it('makes it a person’s affair when it never will be, or not in time', () => {
    const never = new Looks('merge-conflicts');
    never.at(0, on('a'), { hold: { kind: 'never', why: 'It has ended.' } });
    expect(never.at(grace, on('a'), { hold: { kind: 'never', why: 'It has ended.' } })).toEqual({
      kind: 'escalate',
      why: 'It has ended.',
    });
    const late = new Looks('merge-conflicts');
    late.at(0, on('a'));
    expect(late.at(15 * minute, on('a'), { hold: { kind: 'wait', why: 'It asks.' } })).toEqual({
      kind: 'escalate',
      why: 'Its agent could not be told within 15 minutes.',
    });
  });
});

describe('what a person says', () => {
  it('dismissed: this one is not told, the next one is', () => {
    const looks = new Looks('ci-failed');
    looks.at(0, on('a'));
    looks.state = looks.state === null ? null : { ...looks.state, dismissed: 'a' };
    expect(looks.at(grace, on('a'))).toBe(null);
    looks.at(minute, on('b'));
    expect(looks.at(minute + grace, on('b'))).toEqual(sent(1));
  });

  it('wanted: it is told at once, also by a rule that does nothing by itself and while somebody types', () => {
    const looks = new Looks('ci-failed', { auto: false });
    looks.at(0, on('a'));
    expect(looks.at(minute, on('a'))).toBe(null);
    looks.state = looks.state === null ? null : { ...looks.state, wanted: 'a' };
    expect(looks.at(minute, on('a'), { hold: { kind: 'wait', why: 'Somebody types.', yields: true } })).toEqual(
      sent(1),
    );
    expect(looks.at(2 * minute, on('a'))).toBe(null);
  });
});

describe('a rule', () => {
  it.each<[string, SessionReactionKey, ReactionRule, Act['kind'] | null]>([
    ['that notifies acts at once', 'pr-closed', {}, 'notify'],
    ['that notifies acts although auto is false', 'approved-and-green', {}, 'notify'],
    ['that would merge only notifies', 'approved-and-green', { action: 'auto-merge', auto: true }, 'notify'],
    ['with auto: false tells no agent', 'ci-failed', { auto: false }, null],
    ['of reports does nothing by default', 'report-stale', {}, null],
    ['of idle agents does nothing by default', 'agent-idle', {}, null],
    ['that somebody made for reports acts', 'report-stale', { action: 'notify' }, 'notify'],
  ])('%s', (_, key, own, act) => {
    const looks = new Looks(key, own);
    const first = looks.at(0, on('a'));
    const second = looks.at(grace, on('a'));
    expect([first, second].flatMap((one) => one?.kind ?? [])).toEqual(act === null ? [] : [act]);
  });

  it('with no retries tells its agent once', () => {
    const looks = new Looks('ci-failed', { retries: 0 });
    looks.at(0, on('a'));
    expect(looks.at(grace, on('a'))).toEqual(sent(1));
    looks.at(minute, on('b'));
    expect(looks.at(minute + grace, on('b'))?.kind).toBe('escalate');
  });
});

it('a clock that was put back makes nobody wait for it', () => {
  const looks = new Looks('ci-failed');
  looks.at(100 * minute, on('a'));
  expect(looks.at(minute, on('a'))).toBe(null);
  expect(looks.at(minute + grace, on('a'))).toEqual(sent(1));
});
