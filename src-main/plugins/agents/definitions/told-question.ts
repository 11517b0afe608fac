// What an agent asks by an event of its hooks, as data: exactly its words, and no keys, which only its screen tells.
import type { FoundQuestion } from '#shared/domain/asked-question.ts';
import { withUnusual } from '#shared/domain/found-question.ts';
import { fittingLine, fittingText } from '#shared/domain/plain-line.ts';
import type { FactClaim } from '#shared/domain/fact.ts';
import { redact } from '../../../lib/log.ts';
import { fieldOf, textOf, toolSubject } from './claims.ts';

interface ToldPermission {
  readonly tool: string | null;
  /** A command, a file, an address; null when it was not told. */
  readonly subject: string | null;
  readonly cwd: string | null;
}

/** It wants to do something. */
export function asksPermission({ tool, subject, cwd }: ToldPermission): FactClaim {
  const asked: FoundQuestion = {
    ...empty,
    kind: 'permission',
    text: tool === null ? 'It asks for permission.' : `It asks for permission: ${fittingLine(tool, 80)}`,
    tool: tool === null ? null : fittingLine(tool, 80),
    command: subject === null ? null : fittingText(redact(subject, 0) as string, 2000),
    cwd: cwd === null ? null : fittingText(cwd, 1000),
  };
  return { kind: 'asks', question: withUnusual(asked, cwd) };
}

/** It wants to know something. */
const asksPerson = (text: string | null): FactClaim => ({
  kind: 'asks',
  question: { ...empty, kind: 'choice', text: fittingLine(text ?? 'It asks something.', 300) },
});

const empty: FoundQuestion = {
  ...{ kind: 'choice', text: '', tool: null, command: null, cwd: null },
  ...{ unusual: [], choices: [], takesText: false },
};

/** A request of the form that Claude Code and Codex tell. */
export function toldRequest(told: unknown): FactClaim {
  const input = fieldOf(told, 'tool_input');
  if (listIn(input, 'questions').length > 0) return toldQuestion(input);
  return asksPermission({
    tool: textOf(told, 'tool_name'),
    subject: toolSubject(input),
    cwd: textOf(told, 'cwd'),
  });
}

/** The first of several. */
export const toldQuestion = (told: unknown): FactClaim => asksPerson(textOf(listIn(told, 'questions')[0], 'question'));

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}
