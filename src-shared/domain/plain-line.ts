// Outside text for places that show one line and know no styles: menus, tooltips, notifications.

/** UTF-16 units that are looked at; more would only be cut. */
const longest = 4000;

/** One line of printable text, at most `max` code points: nothing that breaks, turns or hides it. */
export function plainLine(text: string, max: number): string {
  const points = [
    ...text
      .slice(0, longest)
      // Control and format characters (bidi overrides, zero width), lone surrogates, separators.
      .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
      .trim(),
  ];
  return points.length <= max
    ? points.join('')
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** The same, at most `max` UTF-16 units: what `lineSchema(max)` takes. */
export function fittingLine(text: string, max: number): string {
  const line = plainLine(text, max);
  return line.length <= max ? line : plainLine(line, Math.floor(max / 2));
}

/** Several lines of printable text, at most `max` UTF-16 units. */
export function fittingText(text: string, max: number): string {
  const plain = text
    .slice(0, 2 * max)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]+/gu, ' ')
    .trimEnd();
  return plain.length <= max ? plain : `${plain.slice(0, max - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
