import { expect, test } from 'vitest';
import { utf8Size } from './wire.ts';

test.each([
  '',
  'plain',
  'ü',
  '漢字',
  '🦉🦉',
  'a\ud83e',
  '\udd89b',
  '\ud83e\ud83e\udd89',
  '\u0000\u007f\u0080\u07ff\u0800\uffff',
])('the size of %j is that of its encoding', (text) => {
  expect(utf8Size(text)).toBe(new TextEncoder().encode(text).length);
});
