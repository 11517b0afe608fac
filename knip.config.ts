// What counts as used: everything that is reached from these entries.
import type { KnipConfig } from 'knip';

export default {
  entry: [
    'build/{start,test,test-agents,dev,bench,package}.{mjs,ts}',
    'build/build.ts',
    'build/{layer-diagram,complete-lock,draw-icons}.ts',
    'build/bench/{bare-pty,draws-on}.ts',
    'src-main/cli/main.ts',
    'src-main/{pty-host,mirror}/entry.ts',
    'src-main/electron/{main,preload/preload}.ts',
    'src-main/plugins/agents/demo/program.ts',
    'src-renderer/{main,dev/main}.tsx',
    'src-main/**/fixtures/*.ts',
    'e2e/fake-agents/*.mjs',
    'e2e/hosts/stand-in/register.ts',
    'e2e/hosts/stand-in/electron.ts',
    'e2e/**/*.spec.ts',
    'e2e/playwright.config.ts',
    'e2e/agents/vitest.config.ts',
    '**/*.test.{ts,tsx}',
  ],
  project: ['src-*/**/*.{ts,tsx,css}', 'build/**/*.{ts,mjs}', 'e2e/**/*.{ts,mjs}', '*.config.ts'],
  // Started by name in build/test.ts.
  ignoreDependencies: ['oxfmt'],
  // Of the machine.
  ignoreBinaries: ['mkfifo', 'script'],
  ignoreExportsUsedInFile: true,
} satisfies KnipConfig;
