// Changes one thing in a JSON file of somebody else, and leaves every other value as it was written: numbers keep their digits, keys their order.

export type JsonObject = Readonly<Record<string, unknown>>;

/** Null when `edit` has nothing to change. Throws when the text is no JSON object. */
export function editJson(text: string, edit: (object: JsonObject) => JsonObject | null): string | null {
  const object = JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]) as unknown;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw new Error('It is no JSON object');
  const edited = edit(object as JsonObject);
  if (edited === null) return null;
  const written = JSON.stringify(edited, null, indentOf(text));
  return text.endsWith('\n') ? `${written}\n` : written;
}

/** A number that JavaScript can't hold would come out as another one. */
const keepDigits = (_name: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  typeof value === 'number' && source !== undefined ? rawJson(source) : value;

// In the language since 2025; the library's types do not have it yet.
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (source: string) => unknown };

const indentOf = (text: string): string => /^\{\r?\n([ \t]+)"/.exec(text)?.[1] ?? '';
