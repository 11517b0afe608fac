// What can be told and done about a terminal when its pty host is not there: from its record, its transcript, and the process table.
import { removeDirectory } from '#main/lib/files.ts';
import { probeProcess } from '#main/lib/process-identity.ts';
import { endTree, findTree } from '#main/lib/process-tree.ts';
import { readTranscript } from '#main/pty-host/transcript.ts';
import { readTerminalRecord, terminalMarker, type TerminalRecord } from '#main/pty-host/terminal-record.ts';
import type { HomePaths } from '#main/storage/paths.ts';
import { terminalFrame } from '#shared/domain/terminal.ts';
import type { KillReport, TerminalProbe } from '../runtime.ts';

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

/** Bytes at the end of a transcript that are looked at. */
const textTail = 2 * 1024 * 1024;

/** The last lines as plain text, escape sequences taken out: right for printed lines, rough for full-screen programs. */
export async function plainOutput(paths: HomePaths, terminal: string, lines: number): Promise<string> {
  const end = recordOf(paths, terminal)?.offset ?? null;
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const { type, payload } of readTranscript(
    paths.transcriptDirectory(terminal),
    Math.max(0, (end ?? 0) - textTail),
  )) {
    if (type !== terminalFrame.output) continue;
    chunks.push(payload);
    total += payload.length;
    while (total - (chunks[0]?.length ?? 0) > textTail) total -= chunks.shift()?.length ?? 0;
  }
  const text = plainText(Buffer.concat(chunks).toString('utf8')).trimEnd();
  return text.split('\n').slice(-lines).join('\n');
}

/** CSI, OSC and other strings, two-byte escapes, then what carriage returns have overwritten. */
function plainText(text: string): string {
  const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])/g;
  return text
    .replaceAll(sequences, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1).replaceAll(/[\x00-\x08\x0b-\x1f\x7f]/g, ''))
    .join('\n');
}
