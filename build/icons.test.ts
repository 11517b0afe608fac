import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appImage, imagePath, overlayImage, trayImage, type TrayForm } from '#main/electron/images.ts';
import { icnsTypes, icoSizes } from './icon-containers.ts';
import { appSizes, iconFiles, icons, images } from './icon-files.ts';
import { readPng, type Picture } from './read-png.ts';
import { root } from './prepare.mjs';

const forms: readonly TrayForm[] = ['idle', 'working', 'waiting'];
const panels = (['darwin', 'win32', 'linux'] as const).flatMap((platform) =>
  [true, false].map((isDark) => ({ platform, isDark })),
);

const read = async (path: string): Promise<Picture> => await readPng(readFileSync(join(root, path)));
/** Part of the area that is painted. */
const painted = ({ pixels }: Picture): number => pixels.filter(([, , , a]) => a > 0).length / pixels.length;
/** Brightest of the painted pixels' channels, 0 to 255; lone pixels at an edge may be off by rounding. */
const brightness = ({ pixels }: Picture): number =>
  Math.max(...pixels.filter(([, , , a]) => a > 200).flatMap(([r]) => r));

describe('every picture', () => {
  it.each(iconFiles.map(({ path, size }) => [path, size] as const))(
    '%s is %i pixels wide and not blank',
    async (path, size) => {
      const picture = await read(path);
      expect([picture.width, picture.height]).toEqual([size, size]);
      expect(painted(picture)).toBeGreaterThan(0.15);
      // Something is drawn: neither one colour nor one opacity.
      expect(new Set(picture.pixels.map(String)).size).toBeGreaterThan(3);
    },
  );

  it('is drawn by build/draw-icons.ts', () => {
    const there = [images, icons].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    const drawn = [...iconFiles.map(({ path }) => path), `${icons}/icon.ico`, `${icons}/icon.icns`];
    expect(there.toSorted()).toEqual(drawn.toSorted());
  });
});

describe('what the code names', () => {
  const named = [
    appImage,
    ...forms.flatMap((form) => panels.map((panel) => trayImage(form, panel))),
    ...Array.from({ length: 12 }, (_, n) => overlayImage(n + 1)),
  ];

  it.each([...new Set(named)])('%s is there, also for fine displays', (name) => {
    const paths = new Set(iconFiles.map(({ path }) => join(root, path)));
    const fine = name === appImage ? name : name.replace('.png', '@2x.png');
    expect([imagePath(name), imagePath(fine)].filter((path) => !paths.has(path))).toEqual([]);
  });
});

describe('the tray', () => {
  it.each(panels)('has three forms that differ on $platform (dark: $isDark)', async (panel) => {
    const pictures = await Promise.all(forms.map((form) => read(`${images}/${trayImage(form, panel)}`)));
    expect(new Set(pictures.map(({ pixels }) => pixels.join(' '))).size).toBe(3);
    const [idle = 1, working = 0] = pictures.map(painted);
    expect(idle).toBeLessThan(working);
  });

  it.each(forms)('is light on dark panels, dark on light ones, black where the system colours it: %s', async (form) => {
    const shades = await Promise.all(
      ['-Template', '-on-dark', '-on-light'].map(async (kind) =>
        brightness(await read(`${images}/tray-${form}${kind}@2x.png`)),
      ),
    );
    expect(shades.map((shade) => (shade === 0 ? 'black' : shade > 200 ? 'light' : 'dark'))).toEqual([
      'black',
      'light',
      'dark',
    ]);
  });
});

describe('containers', () => {
  it('icon.ico holds its sizes as PNGs', async () => {
    const file = readFileSync(join(root, icons, 'icon.ico'));
    const entries = icoSizes.map((_, n) => ({
      length: file.readUInt32LE(6 + 16 * n + 8),
      offset: file.readUInt32LE(6 + 16 * n + 12),
    }));
    const widths = await Promise.all(
      entries.map(async ({ length, offset }) => (await readPng(file.subarray(offset, offset + length))).width),
    );
    expect([file.readUInt16LE(2), file.readUInt16LE(4), widths]).toEqual([1, icoSizes.length, [...icoSizes]]);
  });

  it('icon.icns holds its sizes as PNGs', async () => {
    const file = readFileSync(join(root, icons, 'icon.icns'));
    const found: [string, number][] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
      found.push([
        file.toString('latin1', at, at + 4),
        (await readPng(file.subarray(at + 8, at + file.readUInt32BE(at + 4)))).width,
      ]);
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4), found]).toEqual(['icns', file.length, [...icnsTypes]]);
  });

  it('the packager finds every size of Linux themes', () => {
    expect(
      appSizes.map((size) => `${size}x${size}.png`).every((name) => readdirSync(join(root, icons)).includes(name)),
    ).toBe(true);
  });
});
