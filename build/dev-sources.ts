// Tells when the sources of the host have changed.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** Milliseconds without another change: editors write several files at once. */
const settle = 200;

/** Calls are not overlapped; a failing one is said, and the next change tries again. */
export function onHostSources(changed: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();
  const look = (_: string, file: string | null): void => {
    if (file?.endsWith('.test.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      turn = turn.then(changed).catch((error: unknown) => console.error(String(error)));
    }, settle);
  };
  for (const folder of ['src-main', 'src-shared']) watch(join(root, folder), { recursive: true }, look);
}
