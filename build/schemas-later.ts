// Puts `src-shared/lib/lazy-zod.ts` where sources import zod, so that what is built makes a schema when it is first used.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const lazyZod = fileURLToPath(new URL('../src-shared/lib/lazy-zod.ts', import.meta.url));

export const schemasLater = (): Plugin => ({
  name: 'schemas-later',
  enforce: 'pre',
  resolveId: (name, importer) => (name === 'zod' && importer !== lazyZod ? lazyZod : null),
});
