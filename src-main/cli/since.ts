// A moment that somebody names: so long ago, or a date.

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** `90s`, `15m`, `2h`, `3d`, `1w`, or a date with or without its time, of this machine where it names no zone. Null: it is neither. */
export function momentOf(text: string, now: number): number | null {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return Math.max(0, now - Number(count) * units[unit as keyof typeof units]);
  }
  const date = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  // A date alone would be read as one of Greenwich.
  const at = date ? Date.parse(text.includes('T') ? text : `${text}T00:00`) : NaN;
  return Number.isNaN(at) || at < 0 ? null : at;
}
