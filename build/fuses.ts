// Reads the fuses of an Electron program: a marked line of bytes in the file. Nothing is run.
import { closeSync, openSync, readSync } from 'node:fs';

/** Written into every Electron before the bytes of its fuses, once per processor in a universal program. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');

/** By their place in the line; the names are those of electron-builder's configuration. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

/** `removed`: this Electron no longer has it. `unknown`: a byte that means nothing. */
export type FuseState = 'on' | 'off' | 'removed' | 'unknown';

/** One line of fuses; `more` are those that have no name here yet. */
export interface FuseWire {
  readonly fuses: Readonly<Record<(typeof fuseNames)[number], FuseState>>;
  readonly more: readonly FuseState[];
}

/** All lines in the file. Throws when there is none, or one that can't be read. */
export function readFuses(file: string): readonly FuseWire[] {
  const wires = linesIn(file).map(parseWire);
  if (wires.length === 0) throw new Error(`${file} has no fuses: it is no program of Electron`);
  return wires;
}

/** What differs, in words; empty when all lines are as wanted. */
export function wrongFuses(
  wires: readonly FuseWire[],
  wanted: Readonly<Record<(typeof fuseNames)[number], boolean>>,
): readonly string[] {
  return wires.flatMap(({ fuses }) =>
    fuseNames
      .filter((name) => fuses[name] !== 'removed' && fuses[name] !== (wanted[name] ? 'on' : 'off'))
      .map((name) => `${name} is ${fuses[name]}, not ${wanted[name] ? 'on' : 'off'}`),
  );
}

const states: Readonly<Record<string, FuseState>> = { '0': 'off', '1': 'on', r: 'removed' };

/** Version, count, then a character per fuse. */
function parseWire(line: Buffer): FuseWire {
  const [version, count] = [line[0], line[1] ?? 0];
  if (version !== 1) throw new Error(`The fuses have version ${version}, and only version 1 is known`);
  const read = [...line.subarray(2, 2 + count).toString('latin1')].map((character) => states[character] ?? 'unknown');
  const fuses = Object.fromEntries(fuseNames.map((name, index) => [name, read[index] ?? 'unknown']));
  return { fuses: fuses as FuseWire['fuses'], more: read.slice(fuseNames.length) };
}

/** Bytes. The program has about 200 MB: it is read in pieces. */
const piece = 16 * 1024 * 1024;
/** Bytes behind the sentinel: more than any version has had. */
const longest = 64;

function linesIn(file: string): Buffer[] {
  const overlap = sentinel.length + longest;
  const lines: Buffer[] = [];
  const buffer = Buffer.alloc(piece + overlap);
  const fd = openSync(file, 'r');
  try {
    for (let start = 0; ; start += piece) {
      const length = readSync(fd, buffer, 0, buffer.length, start);
      const bytes = buffer.subarray(0, length);
      // What begins in the overlap is found again, whole, at the begin of the next piece.
      for (let at = bytes.indexOf(sentinel); at !== -1 && at < piece; at = bytes.indexOf(sentinel, at + 1))
        lines.push(Buffer.from(bytes.subarray(at + sentinel.length, at + overlap)));
      if (length < buffer.length) return lines;
    }
  } finally {
    closeSync(fd);
  }
}
