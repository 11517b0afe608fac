import { expect, it } from 'vitest';
import type { FoundQuestion } from './asked-question.ts';
import { activityOf, turningPoints, type TerminalFacts } from './activity.ts';
import { questionOnScreen } from './found-question.ts';

const now = 1_000_000;
const nothing: TerminalFacts = {
  ...{ lastOutputAt: null, outputSince: null, busyAt: null, bellAt: null, noticeAt: null, notice: null, inputAt: null },
  ...{ exit: null, screen: null },
};
/** Printed for a second, until two seconds ago. */
const rested: TerminalFacts = { ...nothing, lastOutputAt: now - 2000, outputSince: now - 3000 };
const of = (facts: Partial<TerminalFacts>) => activityOf({ ...rested, ...facts }, now - 60_000, now);
const rang = { since: now - 2000, because: 'It rang the bell, and nobody has typed since (inferred).' };
const bell = { bellAt: now - 2000 };
const longAgo = { bellAt: now - 2600, lastOutputAt: now - 2600 };
const asked = { rows: ['Proceed? [y/N]'], cursor: { row: 0, col: 15 }, alternate: false };
const found = questionOnScreen(asked) as FoundQuestion;
const question = { question: found.text, found, at: now - 2000, since: now - 9000 };

it('can not tell before the terminal service has spoken', () => {
  expect(activityOf(null, null, now)).toEqual({ kind: 'unknown' });
});

it.each([
  ['printed a moment ago', {}, { kind: 'busy' }],
  ['has been silent for long', { lastOutputAt: now - 10_001 }, { kind: 'quiet', since: now - 10_001 }],
  [
    'shows progress, and is silent',
    { worksAt: now - 60_000, lastOutputAt: now - 60_000 },
    { kind: 'busy', says: true },
  ],
  [
    'showed progress, and has been silent for ever since',
    { worksAt: now - 300_001, lastOutputAt: now - 300_001 },
    { kind: 'quiet', since: now - 300_001 },
  ],
  [
    'is back at its prompt',
    { worksAt: now - 5000, restsAt: now - 2000 },
    { kind: 'quiet', since: now - 2000, says: true },
  ],
  ['is back at its prompt, where somebody types', { restsAt: now - 2000, inputAt: now - 1000 }, { kind: 'busy' }],
  ['ended its progress, and works on without', { restsAt: now - 9000, busyAt: now - 2000 }, { kind: 'busy' }],
  ['ended its progress a moment ago', { restsAt: now - 100, lastOutputAt: now - 100 }, { kind: 'busy' }],
  ['shows progress, and rang', { worksAt: now - 3000, ...bell }, { kind: 'asks', ...rang }],
  ['rang last', bell, { kind: 'asks', ...rang }],
  ['rang and was answered', { ...bell, inputAt: now - 1000 }, { kind: 'busy' }],
  ['rang because of a key', { ...bell, inputAt: now - 2900 }, { kind: 'busy' }],
  ['rang long after a key', { ...bell, inputAt: now - 3100 }, { kind: 'asks', ...rang }],
  ['rang and still prints', { ...bell, lastOutputAt: now - 100 }, { kind: 'busy' }],
  [
    'rang, rested and redraws its screen',
    { ...bell, lastOutputAt: now - 100, outputSince: now - 200 },
    { kind: 'asks', ...rang },
  ],
  [
    'rang and went on for two seconds',
    { bellAt: now - 4000, busyAt: now - 2000 },
    { kind: 'asks', ...rang, since: now - 4000 },
  ],
  ['rang and went on for more than three', { bellAt: now - 5100, busyAt: now - 2000 }, { kind: 'busy' }],
  ['rang and has ended', { ...bell, exit: { code: 0, signal: null, at: now } }, { kind: 'busy' }],
  [
    'sent a notice right after a key',
    { noticeAt: now - 2000, notice: 'Turn complete', inputAt: now - 2100 },
    { kind: 'asks', since: now - 2000, because: 'It sent a notice: "Turn complete" (inferred).' },
  ],
  [
    'rang, and its screen says why',
    { ...bell, screen: question },
    { kind: 'asks', since: now - 9000, because: 'Its screen ends with a question: "Proceed? [y/N]" (inferred).' },
  ],
  ['rang, and is about to be looked at', { ...bell, seenAt: null }, { kind: 'busy' }],
  ['rang, and was looked at', { ...bell, seenAt: now - 2000 }, { kind: 'asks', ...rang }],
  [
    'rang, and could not be looked at in time',
    { ...longAgo, seenAt: null },
    { kind: 'asks', ...rang, since: now - 2600 },
  ],
  [
    'asked, and draws on',
    { screen: { ...question, drawsOn: true }, lastOutputAt: now, busyAt: now },
    { kind: 'asks', since: now - 9000, because: 'Its screen ends with a question: "Proceed? [y/N]" (inferred).' },
  ],
  [
    'asked, draws on, and was answered',
    { screen: { ...question, drawsOn: true }, lastOutputAt: now, busyAt: now, inputAt: now - 100 },
    { kind: 'busy' },
  ],
  [
    'asked while it drew, and was not seen to ask for long',
    { screen: { ...question, at: now - 11_000, drawsOn: true }, lastOutputAt: now, busyAt: now },
    { kind: 'busy' },
  ],
  [
    'asked for less than a second',
    { screen: { ...question, at: now - 700 }, lastOutputAt: now - 700 },
    { kind: 'asks', since: now - 9000, because: 'Its screen ends with a question: "Proceed? [y/N]" (inferred).' },
  ],
  ['asked and was answered', { screen: question, inputAt: now - 1900 }, { kind: 'busy' }],
] as const)('of one that %s', (_, facts, activity) => {
  expect(of(facts)).toEqual(activity);
});

it('goes by the last output where a host tells no stretches', () => {
  const early = { ...nothing, bellAt: now - 5000 };
  expect(activityOf({ ...early, lastOutputAt: now - 4500 }, null, now).kind).toBe('asks');
  expect(activityOf({ ...early, lastOutputAt: now - 1900 }, null, now).kind).toBe('busy');
});

it('takes one that has printed nothing yet for busy at first', () => {
  expect(activityOf(nothing, now - 9000, now)).toEqual({ kind: 'busy' });
  expect(activityOf(nothing, now - 11_000, now)).toEqual({ kind: 'quiet', since: null });
});

it.each([
  ['with a bell', bell],
  ['without', {}],
  ['with a bell before anybody looks', { ...bell, seenAt: null }],
  ['with a question', { screen: { ...question, at: now } }],
])('knows every moment at which it may turn by itself, %s', (_, more) => {
  const facts = { ...rested, ...more, lastOutputAt: now, outputSince: now - 2000 };
  const kinds = [...Array(12_000).keys()].map((ms) => activityOf(facts, null, now + ms).kind);
  const turns = kinds.flatMap((kind, ms) => (ms > 0 && kind !== kinds[ms - 1] ? [now + ms] : []));
  expect(turns).not.toEqual([]);
  expect(turningPoints(facts, null)).toEqual(expect.arrayContaining(turns));
});
