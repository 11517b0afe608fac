// What definitions tell of a conversation, from what an agent wrote down of it: outside text becomes plain text of limited length.
import {
  longestAbout,
  longestSaid,
  longestToolText,
  mostSteps,
  type PlanStep,
  type Said,
} from '#shared/domain/conversation.ts';
import { fittingLine, fittingText } from '#shared/domain/plain-line.ts';
import { fieldOf, messageIn, textOf, toolSubject } from './claims.ts';

/** Nothing where there is no text. */
const spoken =
  (kind: 'told' | 'said' | 'thought') =>
  (text: string | null): readonly Said[] => {
    const plain = fittingText(text ?? '', longestSaid).replace(/^\s*\n/, '');
    return plain.trim() === '' ? [] : [{ kind, text: plain }];
  };

export const told = spoken('told');
export const said = spoken('said');
export const thought = spoken('thought');

/** A tool is called; one that holds the agent's plan is that plan. */
export function called({ call, tool, input }: ToolCall): readonly Said[] {
  const name = fittingLine(tool ?? '', 200);
  if (name === '') return [];
  const steps = stepsIn(input);
  if (steps !== null) return [{ kind: 'planned', call: idOf(call), steps: [...steps] }];
  const about = toolSubject(input) ?? firstText(input);
  return [
    {
      ...{ kind: 'called', call: idOf(call), tool: name, input: inputText(input) },
      about: about === null ? null : fittingLine(about, longestAbout) || null,
    },
  ];
}

interface ToolCall {
  readonly call: string | null;
  readonly tool: string | null;
  readonly input: unknown;
}

export const returned = (call: string | null, text: string, failed: boolean): Said => ({
  ...{ kind: 'returned', call: idOf(call), failed },
  text: fittingText(text, longestToolText).trim(),
});

export const note = (text: string): readonly Said[] => {
  const line = fittingLine(text, longestAbout);
  return line === '' ? [] : [{ kind: 'note', text: line }];
};

/** What a model's server, or the way there, answered instead. */
export const failure = (text: string | null): readonly Said[] => note(messageIn(text ?? ''));

export const interrupted: Said = { kind: 'note', text: 'Interrupted' };
export const shortened: Said = { kind: 'note', text: 'The agent put a summary in place of what was said until here' };

const firstText = (input: unknown): string | null =>
  typeof input === 'object' && input !== null
    ? (Object.values(input).find((value): value is string => typeof value === 'string') ?? null)
    : null;

const idOf = (call: string | null): string | null => (call !== null && /^[\w.:-]{1,200}$/.test(call) ? call : null);

/** As it was given, without braces around a single text. */
function inputText(input: unknown): string {
  if (typeof input === 'string') return fittingText(input, longestToolText);
  const [only, ...others] = typeof input === 'object' && input !== null ? Object.values(input) : [];
  const text = others.length === 0 && typeof only === 'string' ? only : JSON.stringify(input ?? null, null, 2);
  return text === 'null' || text === '{}' ? '' : fittingText(text, longestToolText);
}

/** Of the tools by which these agents keep a list of what is to be done: each call holds the whole of it. */
function stepsIn(input: unknown): readonly PlanStep[] | null {
  const list = fieldOf(input, 'todos') ?? fieldOf(input, 'plan');
  if (!Array.isArray(list)) return null;
  const steps = list.slice(0, mostSteps).map(stepIn);
  return steps.some((step) => step === null) ? null : (steps as readonly PlanStep[]);
}

function stepIn(item: unknown): PlanStep | null {
  const text = fittingLine(textOf(item, 'content') ?? textOf(item, 'step') ?? '', longestAbout);
  const state = stepStates[textOf(item, 'status') ?? ''];
  return text === '' || state === undefined ? null : { text, state };
}

const stepStates: Readonly<Record<string, PlanStep['state']>> = Object.assign(Object.create(null), {
  completed: 'done',
  in_progress: 'doing',
  pending: 'open',
});
