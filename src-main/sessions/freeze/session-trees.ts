// The process trees of a session's terminals, as they were written down when those were made.
import type { TreeOptions } from '../../lib/process-tree.ts';
import type { Runtime } from '../../plugins/runtimes/runtime.ts';

/** A process that only shows the program stays as it is: it keeps the screen alive. */
export function treeOf(runtime: Pick<Runtime, 'origin'>, terminal: string): TreeOptions {
  const marker = { name: 'ATHENE_TERMINAL', value: terminal };
  const origin = runtime.origin(terminal);
  if (origin === null || origin.process.startTime === '') return { marker, root: null };
  return origin.onlyShows ? { marker, root: null, except: origin.process } : { marker, root: origin.process };
}
