// Where Aider is told to write down what was said. By itself it does so in the worktree, in a file that all who work there share.
import { join } from 'node:path';

interface Place {
  readonly sessionDirectory: string;
}

export const historyFile = ({ sessionDirectory }: Place, conversation: string): string =>
  join(sessionDirectory, `aider-${conversation}.md`);

export const inputHistoryFile = ({ sessionDirectory }: Place): string => join(sessionDirectory, 'aider.input.history');
