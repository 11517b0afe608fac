import { expect, test } from './test.ts';

/** Glyphs that agents print all the time; at least one of every face that the terminal's fonts are put together from. */
const agentGlyphs = '●✓❯─█→□⎿✻⏺☐✔☑✗✘✽✶✢∗⏵⏸◐⠋⣿★⏎';
/** Of the private use area: in no font that is shipped, so it shows what a missing glyph looks like. */
const missingGlyph = '\ue123';

test('every glyph that agents print is there, and exactly one cell wide', async ({ host }) => {
  const page = await host.open();
  const odd = await page.evaluate(
    async ([glyphs, missing]) => {
      const families = ['"JetBrains Mono"', '"Athene Symbols"'];
      for (const family of families) await document.fonts.load(`100px ${family}`, glyphs);
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (canvas === null) throw new Error('No canvas');
      canvas.font = `100px ${families.join(', ')}`;
      const draw = (glyph: string): string => {
        canvas.clearRect(0, 0, 300, 150);
        canvas.fillText(glyph, 20, 110);
        return canvas.getImageData(0, 0, 300, 150).data.join();
      };
      const nothing = draw(missing);
      return [...glyphs].filter(
        (glyph) => Math.abs(canvas.measureText(glyph).width - 60) > 0.1 || draw(glyph) === nothing,
      );
    },
    [agentGlyphs, missingGlyph] as const,
  );
  expect(odd).toEqual([]);
});
