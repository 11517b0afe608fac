// The colours of projects, read from the style sheet: seen on every ground, and not taken for a state's.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectColours } from '#shared/domain/project-colour.ts';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
const [dark = '', light = ''] = css.split(":root[data-theme='light']");

/** Of linear light, from 0 to 1. */
const channels = (hex: string): readonly [number, number, number] => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
};

/** WCAG 2. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = channels(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [a, b] = [luminance(one), luminance(other)];
  return Math.max(a, b) / Math.min(a, b);
}

/** In OKLab, where equal distances look equally large: https://bottosson.github.io/posts/oklab/ */
function distance(one: string, other: string): number {
  const place = (hex: string): readonly number[] => {
    const [red, green, blue] = channels(hex);
    const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [a, b] = [place(one), place(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

const named = (block: string, name: RegExp): readonly string[] =>
  [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].flatMap(([, key = '', value = '']) =>
    name.test(key) ? [value] : [],
  );

describe.each([
  ['dark', dark],
  ['light', light],
])('in the %s theme', (_, block) => {
  const own = named(block, /^project-\d$/);

  it('there are as many as projects are given', () => expect(own).toHaveLength(projectColours));

  it('each is seen on every ground', () => {
    const grounds = named(block, /^bg-\d$/);
    expect(grounds).toHaveLength(4);
    expect(own.filter((colour) => grounds.some((ground) => contrast(colour, ground) < 3))).toEqual([]);
  });

  it('none looks like that of a state, or like another', () => {
    const states = named(block, /^state-/);
    expect(states).toHaveLength(12);
    expect(own.filter((colour) => states.some((state) => distance(colour, state) < 0.1))).toEqual([]);
    expect(own.filter((colour) => own.some((other) => other !== colour && distance(colour, other) < 0.05))).toEqual([]);
  });
});
