// What Athene sends to workers by itself, in the words of a prompt.
import type { ReactionKey } from '#shared/domain/reaction-rule.ts';

/** One sentence, without a line end. */
export type ReactionLine = string;

const words: Partial<Readonly<Record<ReactionKey, ReactionLine>>> = {
  'ci-failed': 'Failing checks of a pull request: its worker gets the list of them.',
  'changes-requested': 'Review comments of people: the worker of the pull request gets them with file and line.',
  'bugbot-comments': 'Review comments of bots: likewise.',
  'merge-conflicts': 'Conflicts with the base branch: the worker is asked to rebase.',
  'agent-idle': 'A worker that rests for long with its task unfinished is asked to go on.',
};

/** @param sent keys whose reaction sends something to an agent, without being asked */
export const reactionLines = (sent: readonly ReactionKey[]): readonly ReactionLine[] =>
  sent.map((key) => words[key]).filter((line) => line !== undefined);
