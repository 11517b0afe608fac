// Not all that comes from a viewer was typed: its emulator answers queries and reports focus and mouse by the same way.

const escape = 0x1b;
/** Longer input than this holds no replies worth looking for, in bytes. */
const longestReplies = 1024;

/** False for bytes that are nothing but what an emulator sends by itself. */
export function isTyped(bytes: Uint8Array): boolean {
  if (bytes[0] !== escape || bytes.length > longestReplies) return bytes.length > 0;
  return Buffer.from(bytes).toString('latin1').replaceAll(byItself, '') !== '';
}

/**
 * Attributes, cursor and status reports, modes, sizes, the keyboard's flags, focus; versions and settings (DCS), colours (OSC); mouse reports
 * but for a button that goes down: moving, releasing and the wheel are not an answer.
 */
const byItself = new RegExp(
  [
    String.raw`\x1b\[[?>]?[\d;]*c`,
    String.raw`\x1b\[\??\d+;\d+(?:;\d+)?R`,
    String.raw`\x1b\[\??[\d;]*n`,
    String.raw`\x1b\[\??[\d;]+\$y`,
    String.raw`\x1b\[[\d;]+t`,
    String.raw`\x1b\[\?\d+u`,
    String.raw`\x1b\[[IO]`,
    String.raw`\x1bP[^\x1b]*\x1b\\`,
    String.raw`\x1b\]\d+;[^\x1b\x07]*(?:\x07|\x1b\\)`,
    String.raw`\x1b\[<\d+;\d+;\d+m`,
    String.raw`\x1b\[<(?:3[2-9]|[4-9]\d|\d{3,});\d+;\d+M`,
  ].join('|'),
  'g',
);
