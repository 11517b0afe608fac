// Draws the layer table as the Mermaid diagram of ARCHITECTURE.md: `node build/layer-diagram.ts` renews it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rooms } from './layers.ts';
import { root } from './prepare.mjs';

const begin = '<!-- layers:begin (made by `node build/layer-diagram.ts`) -->';
const end = '<!-- layers:end -->';
const trees = ['src-shared', 'src-main', 'src-renderer'];

/** The page with its diagram renewed; throws when the markers are missing. */
export function withDiagram(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`ARCHITECTURE.md needs the two lines\n${begin}\n${end}`);
  return `${page.slice(0, from)}${begin}\n\n${diagram()}\n\n${page.slice(to)}`;
}

/** Only what no other arrow implies is drawn, so that the picture stays readable. */
export function diagram(): string {
  const groups = trees.map((tree) => {
    const nodes = drawn().filter((path) => path.split('/')[0] === tree);
    return [`  subgraph ${tree}`, ...nodes.map((path) => `    ${idOf(path)}["${labelOf(path)}"]`), '  end'];
  });
  const arrows = drawn().flatMap((path) => directly(path).map((to) => `  ${idOf(path)} --> ${idOf(to)}`));
  return ['```mermaid', 'flowchart TD', ...groups.flat(), ...arrows, '```'].join('\n');
}

function drawn(): string[] {
  return rooms.map(({ path }) => path).filter((path) => trees.includes(path.split('/')[0] ?? ''));
}

function directly(path: string): string[] {
  const next = importsOf(path);
  return next.filter((to) => !next.some((over) => over !== to && reaches(over, to)));
}

function reaches(from: string, to: string): boolean {
  return importsOf(from).some((next) => next === to || reaches(next, to));
}

function importsOf(path: string): string[] {
  return Object.keys(rooms.find((room) => room.path === path)?.imports ?? {});
}

const idOf = (path: string): string => path.replaceAll(/[^a-z]+/g, '_');

function labelOf(path: string): string {
  const [tree, ...rest] = path.split('/');
  return rest.join('/') || (tree ?? path);
}

if (import.meta.main) {
  const file = join(root, 'ARCHITECTURE.md');
  writeFileSync(file, withDiagram(readFileSync(file, 'utf8')));
}
