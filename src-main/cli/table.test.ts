import { describe, expect, it } from 'vitest';
import { jsonLine, plain, plainLines } from './table.ts';

/** What would act on the terminal of the person who reads it: controls of both widths, bidirectional marks, line separators. */
const hostile = [
  0x00, 0x07, 0x08, 0x0d, 0x1b, 0x7f, 0x9b, 0x9d, 0x061c, 0x200e, 0x202e, 0x2066, 0x2028, 0x2029, 0xfeff,
];

describe('outside text on its way to a terminal', () => {
  it.each(hostile)('loses character %i in a line and in lines', (code) => {
    const text = `a${String.fromCharCode(code)}b`;
    expect([plain(text), plainLines(text)]).toEqual(['a b', 'a b']);
    expect([plain(jsonLine({ text })), JSON.parse(jsonLine({ text }))]).toEqual([
      jsonLine({ text }).replace('\n', ' '),
      { text },
    ]);
  });

  it('keeps line breaks and tabs where lines are meant, and everything that people write', () => {
    expect(plain('a\nb\tc')).toBe('a b c');
    expect(plainLines('a\n\tb')).toBe('a\n\tb');
    // A family joined by zero-width joiners, a flag, Hebrew, an accent that combines.
    const written = '👩‍👩‍👧 🏴 שלום é';
    expect(plainLines(written)).toBe(written);
  });
});
