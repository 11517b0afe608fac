// Reads every import of the sources and holds it against the layer table.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { type Door, outside, type Room, rooms } from './layers.ts';

export interface Import {
  /** Path from the top folder, with `/`. */
  readonly file: string;
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** Nothing is left of it when the program runs. */
  readonly typeOnly?: boolean;
}

const trees = ['src-shared', 'src-main', 'src-renderer', 'build', 'e2e'];
const source = /\.(ts|tsx|mjs|js)$/;
/** Tests, and what only tests use. */
const test = /\.test\.tsx?$|-suite\.ts$|\/fixtures\//;

/** Everything that is wrong, a sentence or two each, with the right door in it. */
export function violations(root: string): string[] {
  return readImports(root).flatMap((one) => violation(one) ?? []);
}

export function readImports(root: string): Import[] {
  return trees.flatMap((tree) => sourceFiles(join(root, tree))).flatMap((file) => importsOf(root, file));
}

/** undefined when the import is allowed. */
export function violation({ file, line, specifier, typeOnly = false }: Import): string | undefined {
  const target = targetOf(file, specifier);
  const said = target === null ? outsideViolation(file, specifier, typeOnly) : insideViolation(file, target);
  return said === undefined ? undefined : `${file}:${line} imports ${specifier}: ${said}`;
}

/** The room of a file: the longest path of the table that covers it. */
export function roomOf(file: string): Room | undefined {
  return rooms.filter(({ path }) => covers(path, file)).sort((a, b) => b.path.length - a.path.length)[0];
}

/** May this file use this outside thing? */
export function isOpen(door: Door, file: string): boolean {
  return door.rooms.some((room) => covers(room, file));
}

function insideViolation(file: string, target: string): string | undefined {
  const from = roomOf(file);
  const to = roomOf(target);
  if (to === undefined) return treeless(target);
  if (from === undefined)
    return `${dirname(file)} is no room: add it to build/layers.ts, with what it may import and why`;
  if (from === to || to.path in from.imports) return undefined;
  if (test.test(file) && mayTest(file, target)) return undefined;
  const allowed = Object.keys(from.imports).join(', ') || 'nothing';
  return `${from.path} (${from.purpose}) may import ${allowed}; not ${to.path} (${to.purpose})`;
}

/** A test of the main side may set up any part of it; src-shared and src-renderer stay on their own, and specs outside. */
function mayTest(file: string, target: string): boolean {
  const tree = file.split('/')[0];
  return target.startsWith(`${tree}/`) || target.startsWith('src-shared/') || tree === 'build' || tree === 'e2e';
}

/** Files at the top (package.json, configurations) belong to build and tests. */
function treeless(target: string): string | undefined {
  return trees.some((tree) => target.startsWith(`${tree}/`))
    ? `${dirname(target)} is no room of build/layers.ts`
    : undefined;
}

function outsideViolation(file: string, specifier: string, typeOnly: boolean): string | undefined {
  if (specifier === 'vitest' || specifier.startsWith('vitest/'))
    return test.test(file) ? undefined : 'only tests may import it';
  const door = outside.find(({ names }) =>
    names.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
  );
  if (door === undefined)
    return 'nothing in build/layers.ts says who may; add it to `outside` (built-ins are written with node:)';
  // The type of something may be named by who is handed it; the tree's type lists say where that ends.
  if (typeOnly || isOpen(door, file)) return undefined;
  if (test.test(file) && (/^(node:|vite$)/.test(specifier) || !/^src-(shared|renderer)/.test(file))) return undefined;
  return `only ${door.rooms.join(', ')} may; ${door.instead}`;
}

/** Path from the top folder, null for what lies outside. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return join(dirname(file), specifier).replaceAll('\\', '/').replace(/\?.*$/, '');
  const own = /^#(shared|main|renderer)\/(.+)$/.exec(specifier);
  return own === null ? null : `src-${own[1]}/${own[2]}`;
}

/** A room without an ending is a folder, or a file with its like-named neighbours (`program`, `program-keys.ts`). */
function covers(room: string, path: string): boolean {
  if (room.endsWith('/*')) return dirname(path) === room.slice(0, -2);
  return path === room || (path.startsWith(room) && /^(\/|\.ts$|-[a-z-]+(\.test)?\.ts$)/.test(path.slice(room.length)));
}

function sourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => source.test(name))
    .map((name) => join(folder, name));
}

function importsOf(root: string, path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const { module } = parseSync(path, text);
  const file = relative(root, path).replaceAll('\\', '/');
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      ...moduleRequest,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest, isType }) => moduleRequest && { ...moduleRequest, typeOnly: isType }),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => literal(text, moduleRequest)),
  ].filter((request) => request !== null);
  return found.map(({ value, start, typeOnly }) => ({
    file,
    line: text.slice(0, start).split('\n').length,
    specifier: value,
    typeOnly,
  }));
}

/** `import(name)` with a computed name can't be checked and is none of the table's business. */
function literal(
  text: string,
  { start, end }: { start: number; end: number },
): { value: string; start: number; typeOnly: boolean } | null {
  const match = /^(['"])(.+)\1$/.exec(text.slice(start, end));
  return match?.[2] === undefined ? null : { value: match[2], start, typeOnly: false };
}
