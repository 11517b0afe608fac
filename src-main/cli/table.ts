// Columns of text for a terminal.

/** Rows padded to the width of each column, two spaces apart; an empty list gives an empty text. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `12s`, `4m`, `2h`, `3d`; at most four characters for a few years. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** What acts on a terminal or turns its text around: controls of both widths, bidirectional marks, line separators, lone surrogates. */
const acting = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff]/gu;

/** Outside text on its way to a person's terminal, as one line. */
export const plain = (text: string): string => text.replace(acting, ' ');

/** The same for text of several lines: line feeds and tabs stay. */
export const plainLines = (text: string): string =>
  text.replace(acting, (character) => (character === '\n' || character === '\t' ? character : ' '));

/** JSON on one line that may be looked at as well: what would act on a terminal is escaped, which means the same to programs. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(acting, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
