// The words for the states of a session, wherever they are read: screen, menus, notifications.
import type { ScreenState } from './status.ts';

export const stateWords: Readonly<Record<ScreenState, string>> = {
  starting: 'Starting',
  working: 'Working',
  idle: 'Idle',
  'asks-permission': 'Asks permission',
  'asks-you': 'Asks you',
  stuck: 'Stuck',
  'pr-open': 'PR open',
  'review-pending': 'Review pending',
  'ci-running': 'CI running',
  'ci-failing': 'CI failing',
  'changes-requested': 'Changes requested',
  conflict: 'Conflict',
  'ready-to-land': 'Ready to land',
  landing: 'Landing',
  merged: 'Merged',
  done: 'Done',
  stopped: 'Stopped',
  crashed: 'Crashed',
  lost: 'Lost',
  paused: 'Paused',
  removing: 'Removing',
  unknown: 'Unknown',
};
