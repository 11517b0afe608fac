import { beforeEach, expect, it } from 'vitest';
import type { Check, PullRequestReading } from '#shared/domain/pull-request-facts.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { CommandFailureKind } from '../../lib/signed-in-command.ts';
import { openCheckLogs, type CheckLogs } from './check-logs.ts';

let logs: CheckLogs;
let now: number;
let asked: string[];
let answers: Record<string, string>;

beforeEach(() => {
  [now, asked, answers] = [1_000_000, [], {}];
  logs = openCheckLogs(
    ({ name }) => {
      if (name === 'foreign') return null;
      asked.push(name);
      const kind = answers[name] as CommandFailureKind;
      return Promise.resolve(
        kind === 'refused' || kind === 'offline'
          ? fail({ kind, what: 'No.', todo: '', details: '', resetAt: null, printed: '' })
          : ok(answers[name] ?? `${name} failed`),
      );
    },
    () => now,
  );
});

const check = (name: string, more: Partial<Check> = {}): Check => ({
  ...{ name, state: 'failed', required: false, url: `https://ci.example/${name}`, log: null },
  ...more,
});
const reading = (checks: readonly Check[], state: 'open' | 'merged' = 'open'): PullRequestReading => ({
  pullRequest: { number: 7, title: 'T', url: 'https://x.example/7', state, draft: false, branch: 'b' },
  ...{ base: 'main', commit: 'a'.repeat(40), checks: [...checks], checksRead: true, decision: 'none' },
  ...{ conflicts: 'no', behind: false, rules: 'met', reviews: [], threads: [], readAt: 1 },
});
/** What was asked for, and the logs by name. */
const into = async (...given: Parameters<typeof reading>) => {
  asked = [];
  const { checks } = await logs.into(reading(...given));
  return { asked, logs: Object.fromEntries(checks.map(({ name, log }) => [name, log])) };
};

it('asks once for each that failed, and for nothing else', async () => {
  const checks = [
    check('unit'),
    check('lint', { state: 'cancelled' }),
    check('build', { state: 'passed' }),
    check('foreign'),
    check('nowhere', { url: null }),
  ];
  const told = { unit: 'unit failed', lint: null, build: null, foreign: null, nowhere: null };
  expect(await into(checks)).toEqual({ asked: ['unit'], logs: told });
  expect(await into(checks)).toEqual({ asked: [], logs: told });
  expect((await into([check('unit', { url: 'https://ci.example/again' })])).asked).toEqual(['unit']);
  expect(await into([check('other')], 'merged')).toEqual({ asked: [], logs: { other: null } });
});

it('asks for five of one pull request, those first that are required', async () => {
  const many = Array.from({ length: 8 }, (_, index) => check(`c${index}`, { required: index > 5 }));
  const told = await into(many);
  expect(told.asked).toEqual(['c6', 'c7', 'c0', 'c1', 'c2']);
  expect(told.logs).toMatchObject({ c7: 'c7 failed', c2: 'c2 failed', c3: null });
});

it('asks again for one that was not there, a few times, and never more', async () => {
  answers = { unit: 'refused' };
  expect(await into([check('unit'), check('lint')])).toMatchObject({ logs: { unit: null, lint: 'lint failed' } });
  expect((await into([check('unit')])).asked).toEqual([]);
  for (let attempt = 2; attempt <= 4; attempt += 1) {
    now += 60_000;
    expect((await into([check('unit')])).asked).toEqual(['unit']);
  }
  now += 3_600_000;
  expect((await into([check('unit')])).asked).toEqual([]);
});

it('leaves whoever does not answer alone for a while, and does not count that as an answer', async () => {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    answers = { unit: 'offline' };
    expect(await into([check('unit')])).toEqual({ asked: ['unit'], logs: { unit: null } });
    expect((await into([check('other')])).asked).toEqual([]);
    now += 60_000;
  }
  answers = {};
  expect(await into([check('unit')])).toEqual({ asked: ['unit'], logs: { unit: 'unit failed' } });
});
