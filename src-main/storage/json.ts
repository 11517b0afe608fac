// JSON columns. Absent values are stored as `null`, so that a column never holds anything but JSON.
export const toJson = (value: unknown): string => JSON.stringify(value ?? null);

/** Never throws: text that is no JSON reads as null, and the caller's validation says the rest. */
export function fromJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
