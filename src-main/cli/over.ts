import type { SessionView } from '#shared/domain/session.ts';

const over: ReadonlySet<SessionView['status']> = new Set([
  'merged',
  'cleanup',
  'errored',
  'killed',
  'done',
  'terminated',
]);

/** It has ended, or its work is merged: it owns its issue no more. */
export const isOver = ({ status }: Pick<SessionView, 'status'>): boolean => over.has(status);
