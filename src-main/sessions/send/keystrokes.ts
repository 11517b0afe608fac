// Text on its way into a terminal as if somebody typed it.
const encoder = new TextEncoder();

export const enter: Uint8Array = encoder.encode('\r');

/**
 * Line ends and tabs go in as one paste where the program asked for pastes in brackets. Any other would take each of them for an Enter or a
 * completion, and act on half of the text: there they become spaces.
 */
export const keystrokes = (text: string, bracketed: boolean): Uint8Array => {
  if (!/[\n\t]/.test(text)) return encoder.encode(text);
  return encoder.encode(bracketed ? `\u001b[200~${text}\u001b[201~` : text.replace(/\s*[\n\t]\s*/g, ' ').trim());
};

/** Line feeds and tabs are text; whatever else a terminal would obey is not. */
export const withoutControls = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
