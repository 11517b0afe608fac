// A YAML file that people write: read entry by entry with lines, so that one bad entry hides no other.
import { isMap, isSeq, LineCounter, Pair, parseDocument, type Document } from 'yaml';
import { readTextIfThere } from '../lib/files.ts';

/** One entry below `projects` or another section, as the file has it. */
export interface RawEntry {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  /** Plain data; undefined when it can't be read at all. */
  readonly value: unknown;
  /** Where a field of it stands, or as much of the path as there is. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export interface FileError {
  readonly line: number;
  readonly why: string;
}

export interface YamlFile {
  /** The first error of the file as a whole; entries after it are not trusted. */
  readonly error: FileError | null;
  /** All of it as one entry. */
  readonly root: RawEntry;
  /** Is the root a map, or empty? */
  readonly isMap: boolean;
  /** One key of the root; null when it is not there. */
  whole(name: string): RawEntry | null;
  /** What stands below a key of the root: entries of a map by name, of a list by place from 0. */
  below(name: string): readonly RawEntry[];
}

/** Bytes; also what keeps an alias bomb small. */
export const largestFile = 1024 * 1024;

/**
 * False: no key or value of the file is, or holds, this word, whatever else it says. A command that asks for one key is spared the parser, which
 * takes longer than everything else it does. True whenever only the parser could tell.
 */
export function mayHold(file: string, word: string): boolean {
  try {
    const text = readTextIfThere(file, { maxBytes: largestFile, followLinks: true }) ?? '';
    // Within quotes a word can be written in escapes.
    return text.includes(word) || text.includes('\\');
  } catch {
    return true;
  }
}

/** Null when there is none. @param followLinks for files that people may rightly keep as a link */
export type ReadYaml = (file: string, how: { readonly followLinks: boolean }) => YamlFile | null;

export const readYaml: ReadYaml = (file, how) => readWith(file, how, parseYaml);

/** Parses a file anew only when its text is another: hosts ask again and again. */
export function createYamlReader(): ReadYaml {
  const known = new Map<string, { readonly text: string; readonly yaml: YamlFile }>();
  return (file, how) =>
    readWith(file, how, (text) => {
      const before = known.get(file);
      if (before?.text === text) return before.yaml;
      const yaml = parseYaml(text);
      known.set(file, { text, yaml });
      return yaml;
    });
}

function readWith(
  file: string,
  { followLinks }: { readonly followLinks: boolean },
  parse: (text: string) => YamlFile,
): YamlFile | null {
  let text: string | null;
  try {
    text = readTextIfThere(file, { maxBytes: largestFile, followLinks });
  } catch (error) {
    return { ...parseYaml(''), error: { line: 1, why: String(error) } };
  }
  return text === null ? null : parse(text);
}

export function parseYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const first = document.errors[0];
  const trustedUpTo = first === undefined ? Infinity : first.pos[0];
  const read = (pair: Pair): RawEntry => readPair(document, pair, lineAt, trustedUpTo);
  const root = document.contents;
  const pairOf = (name: string): Pair | undefined =>
    isMap(root) ? root.items.find((item) => keyOf(item) === name) : undefined;
  return {
    error: first === undefined ? null : { line: lineAt(first.pos[0]), why: first.message },
    root: read(new Pair('', root)),
    isMap: root === null || isMap(root),
    whole(name) {
      const pair = pairOf(name);
      return pair === undefined ? null : read(pair);
    },
    below: (name) => itemsOf(pairOf(name)?.value).map((pair) => read(pair)),
  };
}

function itemsOf(node: unknown): readonly Pair[] {
  if (isSeq(node)) return node.items.map((item, place) => new Pair(place, item));
  return isMap(node) ? node.items : [];
}

const scalarOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'value' in node ? node.value : node;

const keyOf = (pair: Pair): string => String(scalarOf(pair.key));

type Ranged = { readonly range?: readonly number[] | null } | null | undefined;

function readPair(document: Document, pair: Pair, lineAt: (offset: number) => number, trustedUpTo: number): RawEntry {
  const node = pair.value as Ranged & { toJS?: (document: Document, options: object) => unknown };
  const line = lineAt(startOf(pair) ?? 0);
  const lineOf = (path: readonly PropertyKey[]): number => {
    const start = startWithin(pair, path);
    return start === null ? line : lineAt(start);
  };
  const end = node?.range?.[1] ?? (pair.key as Ranged)?.range?.[1] ?? 0;
  const entry = { name: keyOf(pair), line, lineOf };
  if (end > trustedUpTo) return { ...entry, value: undefined };
  try {
    return { ...entry, value: node?.toJS?.(document, { maxAliasCount: 50 }) ?? null };
  } catch {
    return { ...entry, value: undefined }; // Shown as an entry that can't be read.
  }
}

/** Of the key, or of the value when it is an item of a list. */
const startOf = ({ key, value }: Pair): number | null =>
  (key as Ranged)?.range?.[0] ?? (value as Ranged)?.range?.[0] ?? null;

/** Where the deepest part of the path starts that is there. */
function startWithin(pair: Pair, path: readonly PropertyKey[]): number | null {
  const [next, ...rest] = path;
  const inner = itemsOf(pair.value).find((item) => keyOf(item) === String(next));
  return inner === undefined ? startOf(pair) : startWithin(inner, rest);
}
