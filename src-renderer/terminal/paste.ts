// What may be pasted without a question, and what is asked first.

export type PasteVerdict =
  | { readonly kind: 'paste'; readonly text: string }
  /** `why`: line breaks that the program would run one by one, control characters, or more than 5 KB. */
  | {
      readonly kind: 'ask';
      readonly text: string;
      readonly lines: number;
      readonly why: readonly ('lines' | 'controls' | 'long')[];
    };

const longPaste = 5 * 1024;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

export function judgePaste(raw: string, bracketed: boolean): PasteVerdict {
  const text = withoutPasteEnd(raw).replace(/\r\n?/g, '\n');
  const lines = text.split('\n').length;
  const why = [
    ...(lines > 1 && !bracketed ? (['lines'] as const) : []),
    ...(text.search(controls) === -1 ? [] : (['controls'] as const)),
    ...(text.length > longPaste ? (['long'] as const) : []),
  ];
  return why.length === 0 ? { kind: 'paste', text } : { kind: 'ask', text, lines, why };
}

/** A pasted end-of-paste mark would let the rest of the text be taken for typing. Cutting one out can form another. */
function withoutPasteEnd(text: string): string {
  let cut = text;
  for (let next = strip(cut); next !== cut; next = strip(cut)) cut = next;
  return cut;
}
// oxlint-disable-next-line no-control-regex -- ESC and CSI introduce the mark
const strip = (text: string): string => text.replace(/(?:\u001b\[|\u009b)20[01]~/g, '');

export const withoutControls = (text: string): string => text.replace(controls, '');
export const asOneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
/** Control characters as their visible pictures. */
export const visible = (text: string): string =>
  text.replace(controls, (char) => {
    const code = char.charCodeAt(0);
    return code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? '\u2421' : '\ufffd';
  });
