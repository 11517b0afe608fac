import { describe, expect, it } from 'vitest';
import { plainLine } from './plain-line.ts';

describe('plainLine', () => {
  it.each([
    ['rate-limit', 'rate-limit'],
    ['  two\r\n\tlines  ', 'two lines'],
    ['\u001b[31mred\u0007', '[31mred'],
    ['a\u202Egnp.exe\u2066b', 'a gnp.exe b'],
    ['zero\u200Bwidth', 'zero width'],
    ['\u2028line\u2029', 'line'],
    ['\ud800lone', 'lone'],
    ['', ''],
  ])('makes %j one printable line', (text, line) => {
    expect(plainLine(text, 80)).toBe(line);
  });

  it('counts code points, the ellipsis among them', () => {
    expect([
      plainLine('🦉🦉🦉', 3),
      plainLine('🦉🦉🦉🦉', 3),
      [...plainLine('x'.repeat(1_000_000), 200)].length,
    ]).toEqual(['🦉🦉🦉', '🦉🦉…', 200]);
  });
});
