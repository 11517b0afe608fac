// Notices that a program sends to whoever runs its terminal: OSC 9 (iTerm2), 777 (urxvt) and 99 (kitty).

/** Characters of a kitty notice that are kept while its parts come in. */
const longest = 4096;

interface Parts {
  readonly id: string;
  title: string;
  body: string;
}

/** One per terminal: kitty's notices may come in parts. */
export class NoticeReader {
  #parts: Parts | null = null;

  /** Text of the notice in the content of an OSC, null when it is none or not complete yet. */
  read(content: string): string | null {
    if (content.startsWith('9;')) return unlessCommand(content.slice(2));
    if (content.startsWith(urxvt)) return joined(...cut(content.slice(urxvt.length), ';'));
    return content.startsWith('99;') ? this.#kitty(...cut(content.slice(3), ';')) : null;
  }

  /** Of its keys: `i` says to which notice a part belongs, `p` to what of it, `e` that it is base64, `d=0` that more comes. */
  #kitty(metadata: string, payload: string): string | null {
    const keys = new Map(metadata.split(':').map((pair) => cut(pair, '=')));
    const [id, kind] = [keys.get('i') ?? '', keys.get('p') ?? 'title'];
    if (kind !== 'title' && kind !== 'body') return null;
    const parts: Parts = this.#parts?.id === id ? this.#parts : { id, title: '', body: '' };
    const text = keys.get('e') === '1' ? Buffer.from(payload, 'base64').toString('utf8') : payload;
    parts[kind] = (parts[kind] + text).slice(0, longest);
    this.#parts = keys.get('d') === '0' ? parts : null;
    return this.#parts === null ? joined(parts.title, parts.body) : null;
  }
}

const urxvt = '777;notify;';

/** ConEmu and Windows Terminal use OSC 9 with a number for progress (`4;…`), directories and more. */
const unlessCommand = (text: string): string | null => (/^\d{1,2}(?:;|$)/.test(text) ? null : text);

const joined = (title: string, body: string): string => [title, body].filter((part) => part.trim() !== '').join(': ');

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
