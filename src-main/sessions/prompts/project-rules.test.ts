import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectRules } from './project-rules.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-rules-'));
  path = join(folder, 'checkout');
  mkdirSync(path);
  writeFileSync(join(path, 'RULES.md'), '\nUse tabs.\n');
  writeFileSync(join(folder, 'secret'), 'hidden');
  symlinkSync('../secret', join(path, 'out.md'));
  symlinkSync('RULES.md', join(path, 'in.md'));
  writeFileSync(join(path, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  [undefined, undefined, null],
  ['  ', undefined, null],
  ['Be kind. ', undefined, 'Be kind.'],
  ['Be kind.', 'RULES.md', 'Be kind.\n\nUse tabs.'],
  [undefined, 'in.md', 'Use tabs.'],
  // Passed over: not there, not in the checkout, no text, no file.
  ['Be kind.', 'gone.md', 'Be kind.'],
  ['Be kind.', 'out.md', 'Be kind.'],
  ['Be kind.', '../secret', 'Be kind.'],
  ['Be kind.', 'binary', 'Be kind.'],
  ['Be kind.', '.', 'Be kind.'],
])('%j and the file %j are %j', (text, file, rules) => {
  expect(projectRules(path, { text, file })).toBe(rules);
});

it('cuts what is too long, and says so', () => {
  const rules = projectRules(path, { text: 'x'.repeat(30_000), file: undefined });
  expect(rules).toMatch(/^x{24000}\n\n\(The rest of these rules was too long\.\)$/);
});
