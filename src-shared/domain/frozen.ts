// A session that a person paused: all its processes are stopped where they were, and nothing is concluded from their silence.
import { z } from 'zod';
import { timestampSchema, uuidSchema } from './identifier.ts';
import { isOver } from './lifecycle.ts';
import type { SessionRecord, SessionView } from './session.ts';

/** What thawing needs to know: written before the first process is stopped. */
export const frozenSchema = z.strictObject({
  at: timestampSchema,
  /** Whose processes are stopped; one that is opened meanwhile runs. */
  terminals: z.array(uuidSchema),
  /** Processes that somebody had stopped before, and that stay so. */
  stoppedBefore: z.array(z.strictObject({ pid: z.int(), startTime: z.string() })),
});
export type FrozenState = z.infer<typeof frozenSchema>;

export const notFrozen = { frozen: null } as const satisfies Partial<SessionRecord>;

/** Null when it runs, or its end has been seen. */
export const frozenOf = ({ frozen, lifecycle }: SessionRecord): FrozenState | null =>
  isOver(lifecycle) || lifecycle.session.state === 'not_started' ? null : frozen;

/** Nobody has seen its end, and it is gone: to go on is not in it. */
export const isLostWhileFrozen = ({ lifecycle }: Pick<SessionRecord, 'lifecycle'>): boolean =>
  lifecycle.session.state === 'detecting';

/** What its view says instead of what would be concluded from a terminal that is silent. */
export const whileFrozen = ({ at }: FrozenState): Pick<SessionView, 'state' | 'because' | 'confidence' | 'since'> => ({
  state: 'paused',
  because: 'You paused it: its processes are stopped, and go on from where they were when you continue it.',
  confidence: 'sure',
  since: at,
});
