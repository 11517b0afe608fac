// What can be told and done about a terminal when its pty host is not there: from its record, its transcript, and the process table.
import { removeDirectory } from '#main/lib/files.ts';
import { isOfEarlierBoot, probeProcess } from '#main/lib/process-identity.ts';
import { endTree, findTree } from '#main/lib/process-tree.ts';
import { readTerminalRecord, terminalMarker, type TerminalRecord } from '#main/pty-host/terminal-record.ts';
import type { HomePaths } from '#main/storage/paths.ts';
import type {
  KillReport,
  TerminalOrigin,
  TerminalProbe,
  TerminalScreen,
  TerminalTrace,
} from '#shared/domain/terminal-status.ts';

export function recordOf(paths: HomePaths, terminal: string): TerminalRecord | null {
  return readTerminalRecord(paths.transcriptDirectory(terminal));
}

/** Never throws. Ended only on proof: a recorded exit, or a process that is gone. */
export function probeRecord(paths: HomePaths, terminal: string): TerminalProbe {
  try {
    const record = recordOf(paths, terminal);
    if (record === null) return { kind: 'unknown', why: 'Nothing is kept about this terminal.' };
    if (record.exit !== null) return { kind: 'ended', exit: record.exit };
    const state = probeProcess(record.process);
    if (state === 'gone') return { kind: 'ended', exit: null };
    if (state === 'alive') return { kind: 'alive', pid: record.process.pid };
    return { kind: 'unknown', why: "The state of the terminal's process can't be told." };
  } catch (error) {
    return { kind: 'unknown', why: String(error) };
  }
}

/** Never throws. */
export function traceRecord(paths: HomePaths, terminal: string): TerminalTrace {
  try {
    const record = recordOf(paths, terminal);
    if (record === null) return nothingKept;
    return {
      exit: record.exit,
      agent: probeProcess(record.process),
      keeper: probeProcess(record.host),
      earlierBoot: isOfEarlierBoot(record.process),
    };
  } catch {
    return nothingKept; // Unreadable: nobody can tell.
  }
}

/** Never throws. */
export function originOf(paths: HomePaths, terminal: string): TerminalOrigin | null {
  try {
    const record = recordOf(paths, terminal);
    return record === null ? null : { process: record.process, keeper: record.host, onlyShows: false };
  } catch {
    return null; // Unreadable: nobody can tell.
  }
}

const nothingKept: TerminalTrace = { exit: null, agent: 'unknown', keeper: 'unknown', earlierBoot: false };

/** By the marker, from this process. */
export async function killByMarker(paths: HomePaths, terminal: string): Promise<KillReport> {
  const record = recordOf(paths, terminal);
  const survivors = await endTree({ marker: terminalMarker(terminal), root: rootOf(record) });
  return { exit: record?.exit ?? null, survivors };
}

export async function anythingRuns(paths: HomePaths, terminal: string): Promise<boolean> {
  const root = rootOf(recordOf(paths, terminal));
  return (await findTree({ marker: terminalMarker(terminal), root })).length > 0;
}

const rootOf = (record: TerminalRecord | null) =>
  record === null || record.exit !== null || record.process.startTime === '' ? null : record.process;

export const removeTranscript = (paths: HomePaths, terminal: string): Promise<void> =>
  removeDirectory(paths.transcriptDirectory(terminal), paths.transcripts);

/** The last lines as plain text, read from the transcript in this process. The parser is loaded only when it is needed. */
export async function outputWithoutHost(paths: HomePaths, terminal: string, lines: number): Promise<string> {
  const { renderOutput } = await import('#main/mirror/render-output.ts');
  return renderOutput(paths.transcriptDirectory(terminal), lines);
}

export async function screenWithoutHost(paths: HomePaths, terminal: string): Promise<TerminalScreen> {
  const { renderScreen } = await import('#main/mirror/render-output.ts');
  return renderScreen(paths.transcriptDirectory(terminal));
}
