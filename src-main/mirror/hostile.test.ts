import { describe, expect, test } from 'vitest';
import { countedSequences, terminalLimits, wholeCharacters } from '#shared/domain/terminal-limits.ts';
import { checkpointFrame } from './checkpoint.ts';
import { learnCharsets } from './charsets.ts';
import { Replica } from './replica.ts';
import { readOutput, readScreen } from './screen.ts';

const nameOf = learnCharsets();
const size = { cols: 80, rows: 24 };

describe('hostile output', () => {
  test.for(countedSequences.map(({ intermediates, final }) => `${intermediates ?? ''}${final}`))(
    'a count of 2147483647 before %s is bounded, and what follows is parsed',
    (end) => {
      // One of them unbounded would take longer than the test may.
      const replica = fed(`${'line\r\n'.repeat(30)}x${`\x1b[2147483647${end}`.repeat(500)}\x1b[H\x1b[2Jafter`);
      expect(readScreen(replica).rows[0]).toBe('after');
    },
  );

  test('a long repeat ends in the same column as an unbounded one would', () => {
    expect(readScreen(fed(`x\x1b[${80 * 24 * 3 + 805}b`)).cursor).toEqual({ row: 23, col: 806 % 80 });
  });

  test.for([
    ['OSC', '\x1b]52;c;', '\x07'],
    ['OSC of a known kind', '\x1b]2;', '\x1b\\'],
    ['DCS', '\x1bP$q', '\x1b\\'],
    ['APC', '\x1b_', '\x1b\\'],
  ] as const)(
    '8 MB of an unfinished %s are swallowed, a checkpoint is possible within, and the end ends it',
    ([, begin, end]) => {
      const replica = fed(`before${begin}`);
      const chunk = Buffer.alloc(terminalLimits.slice, 'A');
      for (let sent = 0; sent < 8 * 1024 * 1024; sent += chunk.length) replica.feed(chunk);
      const cut = replica.cut();
      expect(cut?.offset).toBe(replica.offset);
      for (const one of [replica, Replica.fromCut(cut!, nameOf)]) {
        one.feed(Buffer.from(`rest${end}after`));
        expect(readScreen(one).rows[0]).toBe('beforeafter');
      }
    },
  );

  test('a string below the limit is cut at its beginning', () => {
    const replica = fed(`before\x1b]2;${'t'.repeat(1000)}`);
    expect(replica.cut()?.offset).toBe(6);
  });

  test('titles and links are capped', () => {
    const replica = fed(`\x1b]2;${'t'.repeat(500_000)}\x07\x1b]8;;http://a/${'u'.repeat(5000)}\x07text`);
    const text = replica.cut()?.text ?? '';
    expect(text.length).toBeLessThan(500);
    expect(text).toContain(`\x1b]2;${'t'.repeat(terminalLimits.title)}\x07`);
    expect(text).not.toContain('uuu');
  });

  test('a screen of a new colour in each cell still fits into one frame, with less history', () => {
    const cells = Array.from({ length: 80 * 1000 }, (_, index) => `\x1b[38;2;${index % 256};${(index >> 8) % 256};7mx`);
    const frame = checkpointFrame(fed(cells.join('')));
    expect(frame?.bytes.length).toBeLessThan(1024 * 1024);
  });

  test('random bytes never throw and always leave a screen', () => {
    let state = 12345;
    const bytes = Uint8Array.from({ length: 200_000 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const byte = (state >> 16) & 255;
      return byte % 5 === 0 ? 0x1b : byte % 7 === 0 ? 0x5b : byte;
    });
    const replica = new Replica(size, nameOf);
    for (let at = 0; at < bytes.length; at += 4096) {
      replica.feed(bytes.subarray(at, at + 4096));
      replica.cut();
    }
    replica.feed(Buffer.from('\x18\x1bcafter'));
    expect(readOutput(replica, 1)).toBe('after');
  });
});

test('whole characters: an unfinished one at the end is left out', () => {
  const dash = new TextEncoder().encode('a—');
  const cases = [
    dash,
    dash.subarray(0, 3),
    dash.subarray(0, 2),
    Uint8Array.of(0x80, 0x80, 0x80, 0x80),
    Uint8Array.of(0xf0, 0x9f),
    Uint8Array.of(),
  ];
  expect(cases.map(wholeCharacters)).toEqual([4, 1, 1, 4, 0, 0]);
});

function fed(text: string): Replica {
  const replica = new Replica(size, nameOf);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += terminalLimits.slice)
    replica.feed(bytes.subarray(at, at + terminalLimits.slice));
  return replica;
}
