// Draws every picture of the app anew, with the browser of the e2e tests. The results are committed: nobody needs this to build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { icnsOf, icnsTypes, icoOf, icoSizes } from './icon-containers.ts';
import { appDrawing } from './icon-drawings.ts';
import { iconFiles, icons, images } from './icon-files.ts';
import { root } from './prepare.mjs';

async function drawIcons(): Promise<void> {
  const found = await findBrowser();
  if (found.kind === 'missing') throw new Error(found.todo);
  const browser = await chromium.launch({
    ...(found.path === null ? {} : { executablePath: found.path }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    for (const folder of [images, icons]) rmSync(join(root, folder), { recursive: true, force: true });
    for (const { path, size, drawing } of iconFiles) write(path, await draw(page, drawing, size));
    write(`${icons}/icon.ico`, icoOf(await drawAll(page, icoSizes, 'other')));
    const macSizes = [...new Set(icnsTypes.map(([, size]) => size))];
    write(`${icons}/icon.icns`, icnsOf(await drawAll(page, macSizes, 'mac')));
  } finally {
    await browser.close();
  }
}

async function drawAll(
  page: Page,
  sizes: readonly number[],
  system: 'mac' | 'other',
): Promise<Map<number, Uint8Array>> {
  const pngs = new Map<number, Uint8Array>();
  for (const size of sizes) pngs.set(size, await draw(page, appDrawing(size, system), size));
  return pngs;
}

/** The PNG of an SVG document, `size` pixels square, with transparent ground. */
async function draw(page: Page, drawing: string, size: number): Promise<Uint8Array> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>${font()} html,body{margin:0;height:100%;overflow:hidden} svg{display:block}</style>${drawing}`,
  );
  await page.evaluate(() => document.fonts.load('700 12px Digits'));
  return await page.screenshot({ omitBackground: true, scale: 'css' });
}

/** The screen's own font, whatever this machine has. */
function font(): string {
  const file = fileURLToPath(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'));
  const data = readFileSync(file).toString('base64');
  return `@font-face{font-family:Digits;font-weight:100 900;src:url(data:font/woff2;base64,${data})}`;
}

function write(path: string, content: Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

if (import.meta.main) await drawIcons();
