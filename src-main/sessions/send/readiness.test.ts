import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TerminalScreen, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { claudeCode } from '../../plugins/agents/definitions/claude-code/definition.ts';
import { codex } from '../../plugins/agents/definitions/codex/definition.ts';
import { judge } from './readiness.ts';

const screens = new URL('../../../src-shared/domain/fixtures/screens/', import.meta.url);
const now = 1_000_000;

function drawn(text: string, alternate = false): TerminalScreen {
  const lines = text.split('\n');
  const row = lines.findIndex((line) => line.includes('▮'));
  const rows = lines.map((line) => line.replace('▮', '').trimEnd());
  return {
    size: { cols: 80, rows: 24 },
    rows,
    cursor: { row, col: lines[row]?.indexOf('▮') ?? 0 },
    alternate,
    offset: 9,
  };
}
const recorded = (name: string): TerminalScreen =>
  drawn(readFileSync(new URL(`${name}.txt`, screens), 'utf8').split('\n---\n')[1] ?? '');

const status = (silentFor: number | null): TerminalStatus => ({
  ...{
    terminal: 't',
    session: 'web-1',
    pid: 1,
    size: { cols: 80, rows: 24 },
    offset: 9,
    outputSince: null,
    busyAt: null,
  },
  ...{ bellAt: null, noticeAt: null, notice: null, inputAt: null, title: null, exit: null },
  lastOutputAt: silentFor === null ? null : now - silentFor,
});
const look = (screen: TerminalScreen | null, silentFor: number | null) => ({ screen, status: status(silentFor) });
const unseen = { screen: null, status: null };
const kindOf = (answer: ReturnType<typeof judge>): string => (answer === 'not-yet' ? answer : answer.kind);

describe('a program of which nothing is known takes text when', () => {
  const fresh = { createdAt: now - 100, signs: null };
  it.each([
    ['its screen has come to rest', look(drawn('$ ▮'), 500), 'ready'],
    ['it still prints', look(drawn('line\n▮'), 100), 'not-yet'],
    ['its screen is empty, and only just', look(drawn('▮'), 500), 'not-yet'],
    ['its screen has been empty for a while', look(drawn('▮'), 3500), 'ready'],
    ['it was just started and printed nothing', look(drawn('▮'), null), 'not-yet'],
    ['its screen can not be read', look(null, 5000), 'not-yet'],
  ])('%s: %#', (_, at, expected) => {
    expect(kindOf(judge(fresh, unseen, at, now))).toBe(expected);
  });

  it('the program draws the same full screen again and again', () => {
    const full = drawn('│ editor │\n│ ▮      │', true);
    const rows = drawn('.\n.\n▮');
    expect([
      kindOf(judge(fresh, look(full, 50), look(full, 50), now)),
      kindOf(judge(fresh, look(rows, 50), look(rows, 50), now)),
    ]).toEqual(['ready', 'not-yet']);
  });

  it('the program printed nothing for a while after its start', () => {
    expect(kindOf(judge({ createdAt: now - 3500, signs: null }, unseen, look(drawn('▮'), null), now))).toBe('ready');
  });
});

describe('an agent whose line for input is known', () => {
  const claude = { createdAt: now - 60_000, signs: claudeCode.screenSigns ?? null };
  it.each([
    ['claude-composer', claude],
    ['codex-composer', { ...claude, signs: codex.screenSigns ?? null }],
  ])('takes text while the rest of its screen moves: %s', (name, listener) => {
    const screen = recorded(name);
    const twice = judge(listener, look(screen, 0), look({ ...screen, offset: 10 }, 0), now);
    expect([kindOf(judge(listener, unseen, look(screen, 0), now)), kindOf(twice)]).toEqual(['not-yet', 'ready']);
  });

  it('is given longer when its line is missing', () => {
    const screen = drawn('Starting…\n▮');
    expect([500, 3500].map((silent) => kindOf(judge(claude, unseen, look(screen, silent), now)))).toEqual([
      'not-yet',
      'ready',
    ]);
  });
});

describe('a question that no text answers holds it', () => {
  const listener = { createdAt: now - 60_000, signs: claudeCode.screenSigns ?? null };
  it.each([
    ['claude-trust', 'asks'],
    ['claude-permission', 'asks'],
    ['codex-trust', 'asks'],
    ['inquirer-select', 'asks'],
    ['rm-interactive', 'not-yet'],
    ['sudo-password', 'asks'],
    ['press-enter', 'asks'],
    // An open question takes text.
    ['git-username', 'asks'],
    ['python-input', 'not-yet'],
    ['claude-composer', 'not-yet'],
    ['shell-after-question', 'not-yet'],
  ])('%s: %s', (name, expected) => {
    expect(kindOf(judge(listener, unseen, look(recorded(name), 500), now))).toBe(expected);
  });
});
