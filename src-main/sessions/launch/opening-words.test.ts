import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import type { HomePaths } from '../../storage/paths.ts';
import { openingWords } from './opening-words.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-words-'));
  writeFileSync(join(folder, 'system-prompt.md'), 'You work.\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const words = (prompt: string | null, kind: string, systemPrompt?: AgentDefinition['systemPrompt'], at = folder) =>
  openingWords(
    { paths: { sessionDirectory: () => at } as unknown as HomePaths },
    { id: 'a-1', prompt, kind, issue: null } as SessionRecord,
    { takesCommand: false, promptDelivery: 'argument', systemPrompt } as AgentDefinition,
  );

it.each([
  ['Mend it.', 'worker', 'first-words', 'You work.\n\n# Your task\n\nMend it.'],
  ['Mend it.', 'worker', 'file', 'Mend it.'],
  ['Mend it.', 'worker', undefined, 'Mend it.'],
  [null, 'worker', 'first-words', null],
  [null, 'orchestrator', 'first-words', 'You work.\n'],
  [null, 'orchestrator', 'file', null],
] as const)(
  'a prompt %j of a %s whose agent takes what it is told as %s begins with %j',
  (prompt, kind, way, begin) => {
    expect(words(prompt, kind, way)).toBe(begin);
  },
);

it('are the task alone when nothing was written', () => {
  expect(words('Mend it.', 'worker', 'first-words', join(folder, 'none'))).toBe('Mend it.');
});
