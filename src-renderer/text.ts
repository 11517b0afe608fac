// Words that stand in more than one place. One file, so that a language is one file.
import type { ScreenState } from '#shared/domain/status.ts';
import type { SpawnStepName } from '#shared/domain/spawn.ts';

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

export const stepWords: Readonly<Record<SpawnStepName, string>> = {
  'choose-agent': 'Choose agent',
  'remote-numbers': 'Look up numbers',
  claim: 'Claim the work',
  'open-workspace': 'Make worktree',
  'write-files': 'Write session files',
  'start-terminal': 'Start agent',
  'deliver-prompt': 'Hand over prompt',
};
