import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.ts', 'src-*/**/*.test.tsx', 'build/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Those need the real agents: npm run test:agents.
    exclude: ['e2e/agents/**', '**/node_modules/**'],
    // Far more than anything takes: a machine that is busy fails no test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000, interval: 50 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
