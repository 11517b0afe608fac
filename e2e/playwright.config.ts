// End-to-end tests: real host, real terminals, real browser; one at a time, because they share the machine's two cores.
import { defineConfig } from '@playwright/test';

const ci = process.env['CI'] !== undefined;
const browser = process.env['ATHENE_BROWSER'];
/** Chromium as root needs --no-sandbox; the rest keeps it from talking to anybody but us. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: ci,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    screenshot: 'only-on-failure',
    trace: 'off',
    video: 'off',
    launchOptions: { args, ...(browser === undefined ? {} : { executablePath: browser }) },
  },
});
