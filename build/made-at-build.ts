// Puts what two sources would make anew in each process, always the same, into what is built.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { newestSchema } from '../src-main/storage/newest-schema.ts';
import { recordMark } from '../src-main/storage/record-mark.ts';

const made: ReadonlyMap<string, () => string> = new Map([
  [storage('newest-schema.ts'), () => constant('newestSchema', newestSchema())],
  [storage('record-mark.ts'), () => constant('recordMark', recordMark())],
]);

function storage(name: string): string {
  return withSlashes(fileURLToPath(new URL(`../src-main/storage/${name}`, import.meta.url)));
}

/** As bundlers write paths on every system. */
function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

const constant = (name: string, value: string): string => `export const ${name} = () => ${JSON.stringify(value)};`;

export const madeAtBuild = (): Plugin => ({
  name: 'made-at-build',
  load: (id) => made.get(withSlashes(id))?.() ?? null,
});
