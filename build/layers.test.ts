import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { violation, violations } from './layer-check.ts';
import { withDiagram } from './layer-diagram.ts';
import { rooms } from './layers.ts';
import { root } from './prepare.mjs';

it('every import goes through an edge or a door of the table', () => {
  expect(violations(root).join('\n\n')).toBe('');
});

it('names the edge, the reason and the right door', () => {
  const at = { file: 'src-main/sessions/kill.ts', line: 3 };
  expect([
    violation({ ...at, specifier: '#main/server/http.ts' }),
    violation({ ...at, specifier: 'node-pty' }),
    violation({ ...at, specifier: '../lib/exec.ts' }),
    violation({ file: 'src-shared/rpc/serve.ts', line: 1, specifier: '../domain/session.ts' }),
    violation({ file: 'src-renderer/state/feed.ts', line: 1, specifier: 'react' }),
    violation({ file: 'src-renderer/main.tsx', line: 1, specifier: 'react-dom/client' }),
    violation({ file: 'src-shared/lib/x.ts', line: 1, specifier: 'left-pad' }),
  ]).toEqual([
    expect.stringContaining('not src-main/server (the browser host)'),
    expect.stringContaining('create terminals through a Runtime'),
    undefined,
    expect.stringContaining('src-shared/rpc (the wire, ignorant of Athene) may import src-shared/lib'),
    expect.stringContaining('state and connection know no React'),
    undefined,
    expect.stringContaining('nothing in build/layers.ts says who may'),
  ]);
});

it('the table has no cycle, so that no two rooms can come to need each other', () => {
  const cycles = rooms.flatMap(({ path }) => cyclesFrom(path, [path]));
  expect(cycles).toEqual([]);
});

it('every edge of the table leads to a room of the table', () => {
  const known = new Set(rooms.map(({ path }) => path));
  expect(rooms.flatMap(({ imports }) => Object.keys(imports)).filter((path) => !known.has(path))).toEqual([]);
});

const page = join(root, 'ARCHITECTURE.md');
it.skipIf(!existsSync(page))('ARCHITECTURE.md shows the table as it is (node build/layer-diagram.ts renews it)', () => {
  const text = readFileSync(page, 'utf8');
  expect(text).toBe(withDiagram(text));
});

it('every silenced check says why, after two dashes', () => {
  const silenced = /(?:eslint|oxlint)-disable(?!.* -- \S)|@ts-(?:ignore|nocheck)|@ts-expect-error(?! \S)/;
  const found = ['src-shared', 'src-main', 'src-renderer', 'build', 'e2e'].flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && name !== 'layers.test.ts')
      .flatMap((name) =>
        readFileSync(join(root, tree, name), 'utf8')
          .split('\n')
          .flatMap((line, index) => (silenced.test(line) ? [`${tree}/${name}:${index + 1} ${line.trim()}`] : [])),
      ),
  );
  expect(found).toEqual([]);
});

function cyclesFrom(path: string, trail: readonly string[]): string[] {
  const next = Object.keys(rooms.find((room) => room.path === path)?.imports ?? {});
  return next.flatMap((to) => {
    if (to === trail[0]) return [[...trail, to].join(' → ')];
    return trail.includes(to) ? [] : cyclesFrom(to, [...trail, to]);
  });
}
