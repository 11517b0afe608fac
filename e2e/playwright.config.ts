// End-to-end tests: real host, real terminals, real browser; two at a time, since half of the time each of them waits.
import { defineConfig } from '@playwright/test';
import { electronBinary } from './hosts/electron-binary.ts';
import type { HostName } from './hosts/host.ts';

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

/** About tickets, cookies and HTTP; about the README's pictures; about the test's own world; about screens that are the same in every window. */
const ofTheBrowser = [
  ...['accessibility', 'browser-host', 'coordinators', 'pictures', 'world'],
  ...[
    'issue-picker',
    'messages',
    'notices',
    'project-work',
    'pull-request',
    'queue',
    'reactions',
    'recovery-card',
    'sidebar',
    'timeline',
  ],
].map((name) => `**/${name}.spec.ts`);
/** Tests about the screen alone, in files that are about more. */
const ofTheScreen = /@screen/;
/** About what only the desktop app has, by a driver that only the stand-in has. */
const ofTheDesktop = '**/desktop-*.spec.ts';

export default defineConfig<{ hostName: HostName }>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: ci,
  reporter: [['list']],
  projects: [
    { name: 'browser', use: { hostName: 'browser' }, testIgnore: ofTheDesktop },
    { name: 'stand-in', use: { hostName: 'stand-in' }, testIgnore: ofTheBrowser, grepInvert: ofTheScreen },
    ...(electronBinary() === null
      ? []
      : [{ name: 'electron', use: { hostName: 'electron' as const }, testIgnore: [...ofTheBrowser, ofTheDesktop] }]),
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    screenshot: 'only-on-failure',
    trace: 'off',
    video: 'off',
    launchOptions: { args, ...(browser === undefined ? {} : { executablePath: browser }) },
  },
});
