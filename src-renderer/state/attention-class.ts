// Which states want somebody, which are broken, and which are over.
import type { ScreenState } from '#shared/domain/status.ts';

export const waitingStates: ReadonlySet<ScreenState> = new Set(['asks-permission', 'asks-you']);
export const brokenStates: ReadonlySet<ScreenState> = new Set(['stuck', 'crashed', 'lost', 'ci-failing', 'conflict']);
export const finishedStates: ReadonlySet<ScreenState> = new Set(['done', 'stopped', 'merged']);
export const workingStates: ReadonlySet<ScreenState> = new Set(['working', 'starting']);

/** What wants somebody first, what has ended last. */
export const attentionClass = (state: ScreenState): number =>
  waitingStates.has(state) ? 0 : brokenStates.has(state) ? 1 : finishedStates.has(state) ? 3 : 2;
