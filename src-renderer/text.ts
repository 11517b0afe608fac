// Words that stand in more than one place. One file, so that a language is one file.
import type { SpawnStepName } from '#shared/domain/spawn.ts';

export { stateWords } from '#shared/domain/state-words.ts';

export const stepWords: Readonly<Record<SpawnStepName, string>> = {
  'choose-agent': 'Choose agent',
  'load-issue': 'Look up the issue',
  'remote-numbers': 'Look up numbers',
  claim: 'Claim the work',
  'open-workspace': 'Make worktree',
  'write-files': 'Write session files',
  'set-up': 'Copy and link files',
  'start-terminal': 'Start agent',
  'deliver-prompt': 'Hand over prompt',
};
