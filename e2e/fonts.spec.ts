import { expect, test } from './test.ts';

/** Glyphs that agents print all the time; at least one of every face that the terminal's fonts are put together from. */
const agentGlyphs = '●✓❯─█→□⎿✻⏺☐✔☑✗✘✽✶✢∗⏵⏸◐⠋⣿★⏎';

test('every glyph that agents print is exactly one cell wide, from the fonts that are shipped', async ({ host }) => {
  const page = await host.open();
  const odd = await page.evaluate(async (glyphs) => {
    const shipped = '"JetBrains Mono", "Athene Symbols"';
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas === null) throw new Error('No canvas');
    for (const family of shipped.split(', ')) await document.fonts.load(`100px ${family}`, glyphs);
    const widthIn = (fallback: string, glyph: string): number => {
      canvas.font = `100px ${shipped}, ${fallback}`;
      return canvas.measureText(glyph).width;
    };
    // A glyph that neither font has would take the width of the fallback, which a proportional one shows.
    return [...glyphs].filter((glyph) =>
      ['monospace', 'serif'].some((fallback) => Math.abs(widthIn(fallback, glyph) - 60) > 0.1),
    );
  }, agentGlyphs);
  expect(odd).toEqual([]);
});
