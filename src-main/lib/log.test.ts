import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog, logLevelOf, redact } from './log.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-log-'));
  file = join(folder, 'host.log');
});
afterEach(() => rmSync(folder, { recursive: true }));
const lines = (): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('writes one private line per event, from its level on', () => {
  const log = createLog({ file, level: 'info', now: () => 0 });
  log('debug', 'quiet');
  log('warn', 'spawn.failed', { step: 'open\nworkspace', count: 3 });
  expect(lines()).toEqual([
    {
      at: '1970-01-01T00:00:00.000Z',
      level: 'warn',
      pid: process.pid,
      event: 'spawn.failed',
      step: 'open\nworkspace',
      count: 3,
    },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('holds no secret, wherever it stands', () => {
  const canary = 'CANARY0123456789abcdef';
  const log = createLog({ file, level: 'debug', now: () => 0 });
  log('info', 'x', {
    ...{
      token: canary,
      apiKey: canary,
      env: { A: canary },
      Authorization: canary,
      nested: { list: [{ password: canary }] },
    },
    url: `https://me:${canary}@example.org/x?ticket=${canary}&y=1#token=${canary}`,
    text: `Authorization: Bearer ${canary} sk-${canary} ghp_${canary} OPENAI_API_KEY=${canary}`,
    error: new Error(`fatal: https://${canary}@host/`),
  });
  expect(readFileSync(file, 'utf8')).not.toContain('CANARY');
});

it('knows the token of an agent wherever it stands', () => {
  const text = `athene_${'Ab-_1'.repeat(9).slice(0, 43)}`;
  createLog({ file, level: 'info', now: () => 0 })('info', 'x', { line: `curl -H 'X: ${text}'`, words: [text] });
  expect(readFileSync(file, 'utf8')).not.toContain(text.slice(0, 20));
});

it('survives what can not be written, and rotates', () => {
  const log = createLog({ file, level: 'info', now: () => 0 });
  const loop: Record<string, unknown> = { big: 10n, none: undefined };
  loop['self'] = loop;
  log('info', 'loop', loop);
  truncateSync(file, 5 * 1024 * 1024);
  log('info', 'after');
  expect([lines().length, statSync(`${file}.1`).size]).toEqual([1, 5 * 1024 * 1024]);
  createLog({ file: join(folder, 'no/such/place'), level: 'info', now: () => 0 })('error', 'lost');
});

it.each([
  ['a token', `ghp_${'a'.repeat(36)}`],
  ['a signed token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(40)}.${'c'.repeat(40)}`],
  ['a password in an address', `https://me:${'b'.repeat(60)}@example.org/`],
])('leaves no half of %s where a long text is cut', (_, secret) => {
  for (let before = 1930; before <= 2000; before += 1) {
    const text = String(redact(`${'x '.repeat(before / 2)}${secret} ${'y '.repeat(2000)}`, 0));
    expect([before, text.length <= 2001, /aaaa|bbbb/.test(text)]).toEqual([before, true, false]);
  }
});

it.each([
  [{}, 'info'],
  [{ ATHENE_LOG_LEVEL: 'debug' }, 'debug'],
  [{ AO_LOG_LEVEL: 'warn' }, 'warn'],
  [{ ATHENE_LOG_LEVEL: 'loud' }, 'info'],
])('takes its level from %j as %s', (env, expected) => {
  expect(logLevelOf(env)).toBe(expected);
});
