// Patterns that people write, for text from outside: their time grows with the text alone, so that none can hold Athene up. No look-around, no
// references back. The library is loaded when the first one is made: most people have none.
import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import { fail, ok, type Result } from '#shared/lib/result.ts';

export interface LinearPattern {
  test(text: string): boolean;
  /** The first group of the first match; null when there is none. */
  first(text: string): string | null;
  [Symbol.replace](text: string, by: string): string;
}

/** Characters of a text that are looked at. */
const widest = 2000;

/** The problem says what is wrong with the pattern, for people. */
export function linearPattern(source: string): Result<LinearPattern, string> {
  const { RE2JS } = library();
  try {
    const compiled = RE2JS.compile(source);
    return ok({
      test: (text) => compiled.matcher(text.slice(0, widest)).find(),
      first(text) {
        const matcher = compiled.matcher(text.slice(0, widest));
        return matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : null;
      },
      [Symbol.replace]: (text, by) => compiled.matcher(text).replaceFirst(by),
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

let loaded: typeof Re2 | null = null;
const library = (): typeof Re2 => (loaded ??= createRequire(import.meta.url)('re2js') as typeof Re2);
