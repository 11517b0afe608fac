import { describe, expect, test } from 'vitest';
import { learnCharsets } from './charsets.ts';
import { Replica, type Cut } from './replica.ts';
import { wholeState } from './whole-state.ts';

const nameOf = learnCharsets();
const size = { cols: 20, rows: 6 };
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}`).join('\r\n');

/** What a program may print, each cut at every byte. */
const sequences: Readonly<Record<string, string>> = {
  text: 'one\r\ntwo\tthree\bX',
  'more lines than the screen': lines(15),
  'a line that wraps': `${'abcdefghij'.repeat(5)}\r\nend`,
  'wrapped lines at the bottom': `${lines(8)}\r\n${'0123456789'.repeat(7)}!`,
  'pending wrap, then text': `${'x'.repeat(20)}y`,
  'pending wrap, then colour, then text': `${'x'.repeat(20)}\x1b[31my`,
  'pending wrap, then carriage return': `${'x'.repeat(20)}\rY`,
  'pending wrap with a line erased': `${'x'.repeat(20)}\x1b[2Kab`,
  'no wraparound': `\x1b[?7l${'x'.repeat(30)}Z`,
  'colours of each kind':
    '\x1b[31ma\x1b[92mb\x1b[38;5;200mc\x1b[38;2;1;2;3md\x1b[44me\x1b[103mf\x1b[48;5;9mg\x1b[48;2;9;8;7mh\x1b[mi',
  'flags of each kind':
    '\x1b[1ma\x1b[2mb\x1b[22mc\x1b[3;5;7;8;9;53md\x1b[23;25;27;28;29;55me\x1b[1;2mf\x1b[22;2mg\x1b[0mh',
  underlines: '\x1b[4ma\x1b[4:3mb\x1b[58:2::1:2:3mc\x1b[58:5:77md\x1b[59me\x1b[21mf\x1b[24mg',
  'erase with background': 'abc\x1b[44m\x1b[K\r\n\x1b[45m\x1b[2J\x1b[3;3Hxy\x1b[m\x1b[1;5H\x1b[Kz',
  'background that scrolls in': `\x1b[41m${lines(9)}\x1b[m\r\nend`,
  'inverse blanks': '\x1b[7m   \x1b[5Cx\x1b[0m y',
  links: 'a\x1b]8;;https://a.example/\x07b\x1b[1mc\x1b]8;id=7;https://b.example/x\x1b\\d\x1b]8;;\x07e',
  'wide characters': '日本語\r\n\x1b[1;2Hx\x1b[3;19H日本\x1b[4;20H日x',
  'wide characters that wrap': '日本語日本語日本語日本語日本語',
  emoji: 'a👍b😀c\u{1f9d1}\u200d\u{1f4bb}d',
  'dashes and quotes, split anywhere': 'a—b…c“d”e’f‐g🙀h𐀀i',
  'combining characters': 'e\u0301a\u0308\u0323x\r\n\u0301z',
  'repeat the last character': 'ab\x1b[5bc日\x1b[2b—\x1b[3b',
  'repeat after a pending wrap': `${'x'.repeat(20)}\x1b[3b`,
  'insert mode': 'abcdef\x1b[1;3H\x1b[4hXY\x1b[4lZ\x1b[4hé\u0301q',
  'insert and delete characters': 'abcdefgh\x1b[1;3H\x1b[2@\x1b[42m\x1b[3Pxx\x1b[4X',
  'insert and delete lines': `${lines(6)}\x1b[2;3H\x1b[2L\x1b[41m\x1b[1Mq\x1b[2S\x1b[Tr`,
  margins: `${lines(6)}\x1b[2;4r\x1b[4;1Ha\r\nb\r\nc\x1bM\x1b[2;1H\x1bM\x1b[r\x1b[5;5Hd`,
  'origin mode': `${lines(6)}\x1b[2;5r\x1b[?6hA\x1b[3;3HB\x1b[9;9HC\x1b[?6lD`,
  'saved cursor': 'ab\x1b[31m\x1b(0\x1b7\x1b[m\x1b(B\x1b[5;5Hq\x1b8q\x1b[m\x1b[s\x1b[3;3Hz\x1b[uy',
  'saved cursor, then scrolled': `\x1b[3;3H\x1b7\x1b[6;1H${lines(3)}\x1b8X`,
  'character sets': '\x1b(0lqk\x1b(Bx\x1b)0\x0eabc\x0fabc\x1b*A\x1bn#\x1bo#\x0f\x1b(A#\x1b(4@\x1b(Bj',
  'line drawing that repeats': '\x1b(0q\x1b[4bx\x1b(Bq',
  'tab stops': '\x1b[3g\x1b[1;4H\x1bH\x1b[1;11H\x1bH\r\ta\tb\x1b[1;4H\x1b[g\r\tc\x1b[2I\x1b[Zd',
  'cursor style and visibility': '\x1b[?25l\x1b[3 q\x1b[?12h\x1b[6 q\x1b[?25h\x1b[0 qa\x1b[?12l',
  'keys and paste': '\x1b[?1h\x1b=\x1b[?2004h\x1b[?1004ha\x1b>\x1b[?1l\x1b[?2004l\x1b[?45hb\x1b[?1004l\x1b[?45l',
  mouse: '\x1b[?9h\x1b[?1000h\x1b[?1006h\x1b[?1002ha\x1b[?1016h\x1b[?1003h\x1b[?1006l\x1b[?1003l',
  'synchronized output': '\x1b[?2026hab\x1b[2J\x1b[?2026lc',
  'new line mode': 'a\x1b[20hb\nc\x1b[20ld\ne',
  titles: '\x1b]0;both\x07a\x1b]2;title — “x”\x1b\\b\x1b]1;icon\x07c',
  'unknown strings': 'a\x1bP1;2qpayload\x1b\\b\x1b_apc\x1b\\c\x1b^pm\x1b\\d\x1bXsos\x1b\\e\x1b]777;x;y\x07f',
  'eight-bit forms': 'a\u009b31mb\u009d2;t\u009cc\u0090+q\u009cd\u0084e\u0085f\u0088g',
  'sequences broken off': 'a\x1b[3\x18b\x1b[4\x1a\x1b\x1b[31mc\x1b]2;x\x18d\x1b[1;\x1b[2;2He',
  'controls within a sequence': 'ab\x1b[\r3\n1mcd\x1b[\b2Ce',
  'alternate screen': `${lines(9)}\x1b[4;4H\x1b[?1049h\x1b[2;3Halt\x1b[41m\x1b[K\x1b[m\x1b[2;4r\x1b7\x1b[4;1H\r\n\x1b8x\x1b[?1049lback`,
  'alternate screen, older ways': `${lines(3)}\x1b[?47hab\x1b[?47lcd\x1b[?1048h\x1b[?1047h\x1b[H\x1b[32mef\x1b[?1047l\x1b[?1048lgh`,
  'alternate screen with normal margins': `${lines(6)}\x1b[2;3r\x1b[?1049h\x1b[Hx\x1b[?1049l\x1b[3;1H\na\nb\x1b[r`,
  'a full alternate screen': `\x1b[?1049h\x1b[H${'\x1b[44m12345678901234567890'.repeat(6)}\x1b[6;20Hz`,
  'soft and hard reset': '\x1b[31m\x1b[2;3r\x1b[?6ha\x1b[!pb\x1b[?1049hc\x1bcd',
  'screen of E': '\x1b[31m\x1b#8\x1b[2;2Hx',
  'erase the history': `${lines(12)}\x1b[3Ja\x1b[H\x1b[2J\x1b[1Jb\x1b[0J`,
  'protected cells': '\x1b[1"qab\x1b[0"qcd\r\x1b[?K\x1b[?2Jx',
  'a spinner that redraws': `${lines(7)}\r\n\x1b[?2026h\x1b[2K\x1b[1A\x1b[2K\x1b[G\x1b[36m✻ Working…\x1b[39m\r\n\x1b[2m  esc to stop\x1b[22m\r\n\x1b[?2026l`,
};

describe('a terminal cut at any byte and continued is the same as one never cut', () => {
  test.for(Object.entries(sequences))('%s', ([, text]) => {
    const bytes = new TextEncoder().encode(`${text}—end\r\n`);
    const whole = wholeState(played(bytes).core, nameOf);
    for (let at = 0; at <= bytes.length; at += 1) {
      const cut = played(bytes.subarray(0, at)).cut();
      if (cut === null) continue;
      const continued = Replica.fromCut(cut, nameOf);
      continued.feed(bytes.subarray(cut.offset));
      expect(wholeState(continued.core, nameOf), `cut at ${at}: ${JSON.stringify(cut.text)}`).toEqual(whole);
    }
  });

  test('the state right after the cut is the same too', () => {
    for (const [name, text] of Object.entries(sequences)) {
      const replica = played(new TextEncoder().encode(text));
      const cut = replica.cut() as Cut;
      expect(wholeState(Replica.fromCut(cut, nameOf).core, nameOf), name).toEqual(wholeState(replica.core, nameOf));
    }
  });

  test('there is always a place to cut, save within a sequence that holds controls', () => {
    for (const [name, text] of Object.entries(sequences)) {
      if (name === 'controls within a sequence') continue;
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at <= bytes.length; at += 1) expect(played(bytes.subarray(0, at)).cut(), name).not.toBeNull();
    }
  });
});

function played(bytes: Uint8Array): Replica {
  const replica = new Replica(size, nameOf);
  replica.feed(bytes);
  return replica;
}
