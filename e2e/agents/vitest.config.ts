// Specs with the real agents, one after the other: each of those programs takes a processor for itself.
import { dirname } from 'node:path';

export default {
  test: {
    root: dirname(dirname(import.meta.dirname)),
    include: ['e2e/agents/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 1,
  },
};
