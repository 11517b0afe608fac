// What lies in the spool: events, and files that are none. Looks only; nothing is moved or removed here.
import { join } from 'node:path';
import { spoolEventSchema, spoolRetention, type SpoolEvent } from '#shared/domain/spool-event.ts';
import { listDirectory, probePath, readStrangeFile } from '../lib/files.ts';

export interface SpooledEvent extends Omit<SpoolEvent, 'at' | 'terminal'> {
  readonly at: number;
  readonly terminal: string;
}

export type SpoolFile =
  | { readonly kind: 'event'; readonly file: string; readonly event: SpooledEvent }
  | { readonly kind: 'refused'; readonly file: string; readonly why: string }
  /** Left for the next look. */
  | { readonly kind: 'unreadable'; readonly file: string; readonly why: string };

/** Files of one look, so that a flood is taken in pieces. */
const atOnce = 500;
/** Bytes: the event's own line with what its agent said of it; writers cut at 200 KB. */
const largest = 256 * 1024;

/** Throws when something else stands in the place of the spool: behind a link the files are somebody else's, and would be moved and removed. */
export function listSpool(spool: string): readonly string[] {
  if (!['directory', 'absent'].includes(probePath(spool).kind)) throw new Error(`${spool} is not a directory`);
  return listDirectory(spool);
}

/** Names of finished events; writers call theirs `.….tmp` until they are whole. */
export const spooledNames = (spool: string): readonly string[] =>
  listSpool(spool).filter((name) => name.endsWith('.json') && !name.startsWith('.'));

/** In the order in which they happened; of a flood the oldest. */
export function readSpool(spool: string, now: number): readonly SpoolFile[] {
  const names = spooledNames(spool);
  const oldest = names.length > atOnce ? byAge(spool, names).slice(0, atOnce) : names;
  const files = oldest.flatMap((name) => readSpoolFile(spool, name, now) ?? []);
  return files.toSorted((a, b) => timeOf(a) - timeOf(b));
}

const byAge = (spool: string, names: readonly string[]): readonly string[] =>
  names
    .map((name) => {
      const probe = probePath(join(spool, name));
      return { name, at: 'modifiedAt' in probe ? probe.modifiedAt : 0 };
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);

const timeOf = (file: SpoolFile): number => (file.kind === 'event' ? file.event.at : 0);

/** Null when somebody else has taken it meanwhile. */
function readSpoolFile(spool: string, file: string, now: number): SpoolFile | null {
  try {
    const read = readStrangeFile(join(spool, file), largest);
    if (read.kind === 'absent') return null;
    if (read.kind === 'refused') return { kind: 'refused', file, why: read.why };
    if (now - read.modifiedAt > spoolRetention * 24 * 3_600_000) return { kind: 'refused', file, why: 'too old' };
    const parsed = parseSpoolFile(read.text, read.modifiedAt);
    return typeof parsed === 'string' ? { kind: 'refused', file, why: parsed } : { kind: 'event', file, event: parsed };
  } catch (error) {
    return { kind: 'unreadable', file, why: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The first line is the event. What follows it is what the agent told its hook, in the agent's own words: JSON, unless it was cut.
 * Returns why, when it is none.
 */
export function parseSpoolFile(text: string, modifiedAt: number): SpooledEvent | string {
  const end = text.indexOf('\n');
  const [line, told] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
  const parsed = spoolEventSchema.safeParse(json(line));
  if (!parsed.success)
    return `not an event: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`;
  const { terminal, at = modifiedAt, data, ...event } = parsed.data;
  if (terminal === undefined) return 'does not say in which terminal it was written';
  return { ...event, terminal, at, data: told.trim() === '' ? data : { ...data, ...toldBy(told) } };
}

function toldBy(text: string): Readonly<Record<string, unknown>> {
  const told = json(text);
  return typeof told === 'object' && told !== null && !Array.isArray(told) ? { told } : { toldInPart: true };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
