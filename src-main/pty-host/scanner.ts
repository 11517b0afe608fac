// Reads a terminal's output just far enough to know its bells, its notices, its title, and the questions it asks of a terminal.
import { NoticeReader } from './notices.ts';

export type Seen =
  | { readonly kind: 'bell' }
  /** Raw text of OSC 0 or 2, at most 4 KB. */
  | { readonly kind: 'title'; readonly text: string }
  /** Raw text of a notice, at most 8 KB; may be blank. */
  | { readonly kind: 'notice'; readonly text: string }
  /** What a program says of itself: that it shows progress, or a shell that a command began (`works`); that neither is so any more. */
  | { readonly kind: 'works' | 'rests' }
  | { readonly kind: 'query'; readonly query: Query };

/** What a program may ask; data that it sent along is not kept, but for the number of a mode. */
export type Query =
  | { readonly kind: 'primary-attributes' | 'secondary-attributes' | 'status' | 'cursor' | 'version' | 'keyboard' }
  | { readonly kind: 'mode'; readonly mode: number; readonly private: boolean }
  | { readonly kind: 'foreground' | 'background' | 'cursor-colour' };

/** Bytes of an OSC that are kept; longer ones are read over. */
const stringLimit = 4096;
/** Bytes of a control sequence that are kept; none of the queries is longer. */
const sequenceLimit = 32;

type State = 'ground' | 'escape' | 'sequence' | 'osc' | 'osc-escape' | 'string' | 'string-escape';

const [bell, escape, cancel, substitute] = [0x07, 0x1b, 0x18, 0x1a];
const [bellCharacter, escapeCharacter] = ['\x07', '\x1b'];

/** One per terminal; sequences may be cut anywhere between chunks. 8-bit controls are not known in UTF-8 and are no controls here. */
export class Scanner {
  #state: State = 'ground';
  #kept = '';
  #overlong = false;
  readonly #notices = new NoticeReader();

  scan(chunk: Buffer): readonly Seen[] {
    let seen: Seen[] | null = null;
    // Coloured output has an escape every 30 bytes: a search in a string costs half of one in a Buffer.
    const text = chunk.toString('latin1');
    let nextBell = text.indexOf(bellCharacter);
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#state === 'ground') {
        if (nextBell >= 0 && nextBell < at) nextBell = text.indexOf(bellCharacter, at);
        at = passOver(chunk, text, at, nextBell);
        if (at < 0) break;
      }
      const found = this.#step(chunk[at]!);
      if (found !== null) (seen ??= []).push(found);
    }
    return seen ?? nothing;
  }

  #step(byte: number): Seen | null {
    if (byte === cancel || byte === substitute) return this.#to('ground');
    switch (this.#state) {
      case 'ground':
        return byte === bell ? { kind: 'bell' } : this.#to('escape');
      case 'escape':
        return this.#escape(byte);
      case 'sequence':
        return this.#sequence(byte);
      case 'osc':
        return this.#osc(byte);
      case 'string':
        return byte === escape ? this.#to('string-escape') : null;
      case 'osc-escape':
        return this.#stringEnd(byte, this.#kept);
      case 'string-escape':
        return this.#stringEnd(byte, null);
    }
  }

  #escape(byte: number): null {
    if (byte === 0x5b) return this.#begin('sequence');
    if (byte === 0x5d) return this.#begin('osc');
    // DCS, SOS, PM, APC: strings that end like an OSC; nothing in them is for us.
    if (byte === 0x50 || byte === 0x58 || byte === 0x5e || byte === 0x5f) return this.#begin('string');
    if (byte === escape || (byte >= 0x20 && byte < 0x30)) return null;
    return this.#to('ground');
  }

  #sequence(byte: number): Seen | null {
    if (byte === escape) return this.#to('escape');
    if (byte === bell) return { kind: 'bell' };
    if (byte < 0x20) return null;
    if (byte < 0x40) return this.#keep(byte, sequenceLimit);
    this.#state = 'ground';
    const query = this.#overlong || byte > 0x7e ? null : sequenceQuery(this.#kept, String.fromCharCode(byte));
    return query === null ? null : { kind: 'query', query };
  }

  #osc(byte: number): Seen | null {
    if (byte === bell) return this.#oscEnd(this.#kept);
    if (byte === escape) return this.#to('osc-escape');
    return byte < 0x20 ? null : this.#keep(byte, stringLimit);
  }

  /** ESC \ ends a string; any other byte after ESC ends it too and begins something else. */
  #stringEnd(byte: number, osc: string | null): Seen | null {
    if (byte === 0x5c) return osc === null ? this.#to('ground') : this.#oscEnd(osc);
    this.#state = 'escape';
    return this.#escape(byte);
  }

  #oscEnd(text: string): Seen | null {
    this.#state = 'ground';
    return this.#overlong ? null : oscSeen(text, this.#notices);
  }

  #begin(state: State): null {
    this.#kept = '';
    this.#overlong = false;
    return this.#to(state);
  }

  #to(state: State): null {
    this.#state = state;
    return null;
  }

  #keep(byte: number, limit: number): null {
    if (this.#kept.length < limit) this.#kept += String.fromCharCode(byte);
    else this.#overlong = true;
    return null;
  }
}

const nothing: readonly Seen[] = [];

/**
 * Index of the next byte that matters, -1 when there is none. All output goes through here: text is passed over by the native search,
 * and control sequences that are no query without a look at what they say. Nothing is read beyond the end, which would be slow for good.
 */
function passOver(chunk: Buffer, text: string, from: number, nextBell: number): number {
  const last = chunk.length - 1;
  for (let at = from; at <= last;) {
    if (chunk[at] !== escape) at = text.indexOf(escapeCharacter, at);
    if (nextBell >= 0 && (at < 0 || nextBell < at)) return nextBell;
    if (at < 0 || at === last || chunk[at + 1] !== 0x5b) return at;
    let end = at + 2;
    while (end <= last && kinds[chunk[end]!] === parameter) end += 1;
    if (end > last || kinds[chunk[end]!] !== harmlessFinal) return at;
    at = end + 1;
  }
  return -1;
}

const [parameter, harmlessFinal] = [1, 2];
/** What a byte is in a control sequence. The letters c, n, p, q, u end one as others do, but it may be a query. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x20 && byte < 0x40) return parameter;
  return byte >= 0x40 && byte <= 0x7e && !'cnpqu'.includes(String.fromCharCode(byte)) ? harmlessFinal : 0;
});

function sequenceQuery(parameters: string, final: string): Query | null {
  if (final === 'c' && /^0?$/.test(parameters)) return { kind: 'primary-attributes' };
  if (final === 'c' && /^>0?$/.test(parameters)) return { kind: 'secondary-attributes' };
  if (final === 'n' && parameters === '5') return { kind: 'status' };
  if (final === 'n' && parameters === '6') return { kind: 'cursor' };
  if (final === 'q' && /^>0?$/.test(parameters)) return { kind: 'version' };
  if (final === 'u' && parameters === '?') return { kind: 'keyboard' };
  const mode = final === 'p' ? /^(\??)(\d{1,5})\$$/.exec(parameters) : null;
  return mode === null ? null : { kind: 'mode', mode: Number(mode[2]), private: mode[1] === '?' };
}

const colours: Readonly<Record<string, Query>> = {
  '10;?': { kind: 'foreground' },
  '11;?': { kind: 'background' },
  '12;?': { kind: 'cursor-colour' },
};

function oscSeen(text: string, notices: NoticeReader): Seen | null {
  const query = colours[text];
  if (query !== undefined) return { kind: 'query', query };
  if (/^[02];/.test(text)) return { kind: 'title', text: fromLatin1(text.slice(2)) };
  const says = saysOf(text);
  if (says !== null) return { kind: says };
  // 9, 99, 777. What else begins like them is not decoded in vain often.
  if (!text.startsWith('9') && !text.startsWith('777;')) return null;
  const notice = notices.read(fromLatin1(text));
  return notice === null ? null : { kind: 'notice', text: notice };
}

/** Progress that is stuck or failed (`2`, `4`) says nothing of whose turn it is. */
function saysOf(text: string): 'works' | 'rests' | null {
  if (/^9;4;[13](?:;|$)/.test(text) || /^133;C(?:;|$)/.test(text)) return 'works';
  return /^9;4(?:;0?(?:;\d*)?)?$/.test(text) || /^133;A(?:;|$)/.test(text) ? 'rests' : null;
}

const fromLatin1 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** Controls and bidirectional marks out, white space folded: one printable line of at most 200 characters. */
export const cleanTitle = (text: string): string =>
  [
    ...text
      .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, 200)
    .join('');
