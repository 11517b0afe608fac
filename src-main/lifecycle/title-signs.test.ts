import { expect, it } from 'vitest';
import type { TerminalStatus } from '#shared/domain/terminal-status.ts';
import { claudeCode } from '../plugins/agents/definitions/claude-code/definition.ts';
import { codex } from '../plugins/agents/definitions/codex/definition.ts';
import { gemini } from '../plugins/agents/definitions/gemini/definition.ts';
import { saidByTitle } from './title-signs.ts';

const status: TerminalStatus = {
  ...{ terminal: 't', session: 'app-1', pid: 1, size: { cols: 80, rows: 24 }, offset: 3, exit: null },
  ...{ lastOutputAt: 5000, outputSince: 4000, busyAt: null, bellAt: null, noticeAt: null, notice: null, inputAt: null },
  ...{ title: null, worksAt: 1000, restsAt: 2000 },
};

// Titles as Claude Code 2.1.332, Codex 0.171 and Gemini CLI 0.61 write them.
it.each([
  [claudeCode, '◐ Claude Code', 'works'],
  [claudeCode, '✳ Claude Code', 'rests'],
  [claudeCode, 'my own title', null],
  [codex, '⠙ repo-2', 'works'],
  [codex, '⠼ tell me slowly | repo-2', 'works'],
  [codex, 'tell me slowly | repo-2', null],
  [gemini, '✦ Working… (repo-3)', 'works'],
  [gemini, '◇ Ready (repo-3)', 'rests'],
] as const)('%# a title is read by its agent’s definition: %s', ({ titleSigns = null }, title, says) => {
  const { worksAt, restsAt } = saidByTitle({ ...status, title }, titleSigns);
  const marks = { works: [5000, null], rests: [null, 5000] } as const;
  expect([worksAt, restsAt]).toEqual(says === null ? [1000, 2000] : marks[says]);
});

it('nothing is read of an agent that is not known, or has printed nothing', () => {
  const of = (more: Partial<TerminalStatus>, signs = claudeCode.titleSigns ?? null) =>
    saidByTitle({ ...status, title: '◐ x', ...more }, signs);
  expect([of({}, null), of({ title: null }), of({ lastOutputAt: null })]).toEqual(
    Array.from({ length: 3 }, () => ({ worksAt: 1000, restsAt: 2000 })),
  );
});
