// Where the other programs of Athene stand: among the built ones, or among the sources when those run.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programRoot } from './program-root.ts';

const sources = {
  'pty-host': '../pty-host/entry.ts',
  mirror: '../mirror/entry.ts',
  demo: '../plugins/agents/demo/program.ts',
} as const;

export type EntryName = keyof typeof sources;

/** Absolute path of a program to start with Node. */
export function entryPath(name: EntryName): string {
  const isSource = import.meta.url.endsWith('.ts');
  if (isSource) return fileURLToPath(new URL(sources[name], import.meta.url));
  return join(programRoot(), 'dist', 'main', `${name}.js`);
}
