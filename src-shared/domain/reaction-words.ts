// The words for reactions, wherever they are read.
import type { ReactionKey } from './reaction-rule.ts';

interface Words {
  /** What triggers it, as a heading. */
  readonly name: string;
  /** The same behind a session's name: "mend it fails CI". */
  readonly phrase: string;
  /** It is over, rather than broken. */
  readonly finished: boolean;
}

const words = (name: string, phrase: string, finished = false): Words => ({ name, phrase, finished });

export const reactionWords: Readonly<Record<ReactionKey, Words>> = {
  'pr-closed': words('Pull request closed', 'had its pull request closed', true),
  'ci-failed': words('Checks fail', 'fails CI'),
  'changes-requested': words('Changes requested', 'is asked for changes'),
  'bugbot-comments': words('Comments of bots', 'has comments of bots'),
  'merge-conflicts': words('Conflicts', 'has conflicts'),
  'approved-and-green': words('Ready to land', 'is ready to land', true),
  'agent-idle': words('Rests', 'rests'),
  'agent-stuck': words('Stuck', 'is stuck'),
  'agent-needs-input': words('Asks', 'asks'),
  'agent-exited': words('Ended by itself', 'ended by itself'),
  'all-complete': words('All complete', 'is complete', true),
  'report-no-acknowledge': words('No report yet', 'has not reported'),
  'report-stale': words('Report is old', 'has not reported for long'),
  'report-needs-input': words('Reported that it needs input', 'reported that it needs input'),
};
