// All that one session's states were concluded from, as lines of JSON: printed by `athene explain --trace`, and the form of the fixtures.
import { z } from 'zod';
import { decide, type Known } from './decide.ts';
import type { Decision } from './decision.ts';
import { foundQuestionSchema } from './asked-question.ts';
import { confidenceSchema } from './confidence.ts';
import { factSchema } from './fact.ts';
import { timestampSchema } from './identifier.ts';
import { initialLifecycle, withRuntimeStarted, type Lifecycle } from './lifecycle.ts';
import { terminalExitSchema } from './terminal.ts';

const moment = timestampSchema.nullable();

export const terminalFactsSchema = z.strictObject({
  lastOutputAt: moment,
  outputSince: moment,
  busyAt: moment,
  bellAt: moment,
  noticeAt: moment,
  notice: z.string().nullable(),
  inputAt: moment,
  exit: terminalExitSchema.nullable(),
  screen: z
    .strictObject({
      ...{ question: z.string(), found: foundQuestionSchema, at: timestampSchema, since: timestampSchema },
      drawsOn: z.boolean().optional(),
    })
    .nullable(),
  seenAt: moment.optional(),
  worksAt: moment.optional(),
  restsAt: moment.optional(),
});

export const decisionSchema = z.strictObject({
  state: z.enum(['working', 'idle', 'needs_input', 'stuck']),
  reason: z.string(),
  because: z.string(),
  confidence: confidenceSchema,
  since: timestampSchema,
  asks: z.enum(['permission', 'something']).nullable(),
  rule: z.string(),
});

/** In order: the beginning once, then facts and states of the terminal as they became known, with decisions between them. */
export const traceLineSchema = z.union([
  z.strictObject({ trace: z.literal(1), session: z.string(), agent: z.string(), startedAt: timestampSchema }),
  z.strictObject({ fact: factSchema }),
  z.strictObject({ terminal: terminalFactsSchema.partial() }),
  /** A fixture may name only what it is about. */
  z.strictObject({ at: timestampSchema, decision: decisionSchema.partial().nullable() }),
]);
export type TraceLine = z.infer<typeof traceLineSchema>;

export function traceOf(
  { session, agent, lifecycle }: { readonly session: string; readonly agent: string; readonly lifecycle: Lifecycle },
  { facts, terminal }: Known,
  now: number,
): readonly TraceLine[] {
  return [
    { trace: 1, session, agent, startedAt: lifecycle.session.startedAt ?? lifecycle.session.lastTransitionAt },
    ...facts.map((fact) => ({ fact })),
    ...(terminal === null ? [] : [{ terminal: onlyFacts(terminal) }]),
    { at: now, decision: decide(lifecycle, { facts, terminal }, now) },
  ];
}

/** What each decision of a trace is expected to be, and what it is now. */
export function replay(
  lines: readonly TraceLine[],
): readonly { readonly expected: Partial<Decision> | null; readonly decided: Decision | null }[] {
  let lifecycle = initialLifecycle(0);
  let known: Known = { facts: [], terminal: null };
  return lines.flatMap((line) => {
    if ('trace' in line) lifecycle = withRuntimeStarted(initialLifecycle(line.startedAt), line.startedAt);
    else if ('fact' in line) known = { ...known, facts: [...known.facts, line.fact] };
    else if ('terminal' in line)
      known = { ...known, terminal: terminalFactsSchema.parse({ ...(known.terminal ?? silent), ...line.terminal }) };
    else return [{ expected: line.decision as Partial<Decision> | null, decided: decide(lifecycle, known, line.at) }];
    return [];
  });
}

const silent: NonNullable<Known['terminal']> = {
  ...{ lastOutputAt: null, outputSince: null, busyAt: null, bellAt: null, noticeAt: null, notice: null },
  ...{ inputAt: null, exit: null, screen: null },
};

/** A status has more than that in it. */
const onlyFacts = (terminal: NonNullable<Known['terminal']>): z.infer<typeof terminalFactsSchema> => ({
  lastOutputAt: terminal.lastOutputAt,
  outputSince: terminal.outputSince,
  busyAt: terminal.busyAt,
  worksAt: terminal.worksAt,
  restsAt: terminal.restsAt,
  bellAt: terminal.bellAt,
  noticeAt: terminal.noticeAt,
  notice: terminal.notice,
  inputAt: terminal.inputAt,
  exit: terminal.exit,
  screen: terminal.screen === null ? null : terminalFactsSchema.shape.screen.parse(terminal.screen),
  ...(terminal.seenAt === undefined ? {} : { seenAt: terminal.seenAt }),
});
