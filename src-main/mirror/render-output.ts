// Reads a terminal's text straight from its transcript and checkpoint: usable in any process, with or without a mirror process.
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { readTranscript } from '#main/pty-host/transcript-reader.ts';
import { learnCharsets } from './charsets.ts';
import { readCheckpoint } from './checkpoint.ts';
import { Replay } from './replay.ts';
import type { Replica } from './replica.ts';
import { readOutput, readScreen } from './screen.ts';
import { mirrorScrollback } from './terminal.ts';

/** The last lines of history and screen as plain text, empty for a transcript that isn't there. */
export function renderOutput(directory: string, lines: number): Promise<string> {
  return withReplica(directory, lines, (replica) => readOutput(replica, lines));
}

export function renderScreen(directory: string): Promise<TerminalScreen> {
  return withReplica(directory, 0, readScreen);
}

/** More lines than a checkpoint holds need the whole transcript that is kept. */
async function withReplica<T>(directory: string, lines: number, read: (replica: Replica) => T): Promise<T> {
  const cut = lines > mirrorScrollback ? null : await readCheckpoint(directory);
  const replay = new Replay({ cut, nameOf: learnCharsets(), scrollback: Math.max(lines, mirrorScrollback) });
  for await (const frame of readTranscript(directory, cut?.offset ?? 0)) await replay.apply(frame);
  const value = read(replay.replica);
  replay.replica.dispose();
  return value;
}
