// How much a notice matters: what stands still until somebody acts comes first.
import { z } from 'zod';
import type { ScreenState } from './status.ts';

/** The most important comes first. */
export const priorities = ['urgent', 'action', 'warning', 'info'] as const;
export const prioritySchema = z.enum(priorities);
export type Priority = z.infer<typeof prioritySchema>;

/** `urgent`: an agent stands still. `action`: something can be landed, or was. `warning`: it went wrong, and work goes on. */
export const priorityOf = (state: ScreenState): Priority => ofStates[state] ?? 'info';

const ofStates: Partial<Record<ScreenState, Priority>> = {
  'asks-permission': 'urgent',
  'asks-you': 'urgent',
  stuck: 'urgent',
  crashed: 'urgent',
  lost: 'urgent',
  'ready-to-land': 'action',
  merged: 'action',
  'ci-failing': 'warning',
  conflict: 'warning',
  'changes-requested': 'warning',
};

/** Of several; `info` of none. */
export const highestPriority = (all: readonly Priority[]): Priority =>
  priorities.find((priority) => all.includes(priority)) ?? 'info';
