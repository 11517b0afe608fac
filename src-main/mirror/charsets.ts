// Names the character sets that xterm.js only knows as tables: each is designated once on a scratch terminal and its table remembered.
import type { Charset, Core } from './terminal-state.ts';
import { createTerminal } from './terminal.ts';

export type CharsetNames = (charset: Charset) => string;

/** Final bytes by which a set is designated; `B`, US-ASCII, for none. */
export function learnCharsets(): CharsetNames {
  const scratch = createTerminal({ cols: 2, rows: 1 }, 0);
  const names = new Map<Charset, string>();
  for (let code = 0x7e; code >= 0x30; code -= 1) {
    const final = String.fromCharCode(code);
    const charset = designate(scratch.core, final);
    if (charset !== undefined) names.set(charset, final);
  }
  scratch.dispose();
  return (charset) => names.get(charset) ?? 'B';
}

function designate(core: Core, final: string): Charset {
  core._inputHandler.parse(`\x1b(B\x1b(${final}`);
  return core._charsetService._charsets[0];
}
