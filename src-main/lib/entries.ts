// Where the other programs of Athene stand: beside the running bundle, or among the sources when those run.
import { fileURLToPath } from 'node:url';

const sources = {
  'pty-host': '../pty-host/entry.ts',
  mirror: '../mirror/entry.ts',
  demo: '../plugins/agents/demo/program.ts',
} as const;

export type EntryName = keyof typeof sources;

/** Absolute path of a program to start with Node. The build keeps all chunks in one folder, so that "beside" is enough. */
export function entryPath(name: EntryName): string {
  const isSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(isSource ? sources[name] : `./${name}.js`, import.meta.url));
}
