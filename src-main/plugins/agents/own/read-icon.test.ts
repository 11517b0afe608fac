import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shownIconSchema } from '#shared/domain/own-agent.ts';
import { readIcon } from './read-icon.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-icon-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const svg = '<?xml version="1.0"?>\n<!-- mine -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';
function png(width: number, height = width): Buffer {
  const bytes = Buffer.alloc(64);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
const read = (content: string | Buffer, name = 'icon.svg') => {
  writeFileSync(join(home, name), content);
  return readIcon({ file: `~/${name}` }, home);
};

it('is shown as an image of its own, whatever its name says', () => {
  for (const [content, type] of [
    [svg, 'svg+xml'],
    [png(32), 'png'],
  ] as const) {
    const { icon, problem } = read(content);
    expect([icon, problem]).toEqual([
      { image: `data:image/${type};base64,${Buffer.from(content).toString('base64')}` },
      null,
    ]);
    expect(shownIconSchema.safeParse(icon).success).toBe(true);
  }
});

it.each<[string, string | Buffer]>([
  ['a text', 'BEGIN PRIVATE KEY'],
  ['a page with an SVG in it', `<html>${svg}</html>`],
  ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg}`],
  ['entities behind the beginning', svg.replace('/>', '><!ENTITY a "b"></svg>')],
  ['bytes that are no text', Buffer.concat([Buffer.from(svg), Buffer.from([0xff, 0xfe])])],
  ['a huge picture', png(513, 1)],
  ['one without a size', png(0)],
  ['a cut one', png(16).subarray(0, 20)],
  ['a long file', svg + ' '.repeat(49 * 1024)],
  ['nothing', ''],
])('%s is not shown, and it is said why', (_, content) => {
  const { icon, problem } = read(content);
  expect(icon).toBe(null);
  expect(problem).toMatch(/icon\.svg: \S/);
});

it('nor is what is not there, or stands elsewhere', () => {
  expect(readIcon({ file: '/nowhere/x.png' }, home)).toEqual({ icon: null, problem: '/nowhere/x.png: is not there' });
  if (process.platform === 'win32') return;
  symlinkSync('/etc/hostname', join(home, 'link.png'));
  expect(readIcon({ file: '~/link.png' }, home).problem).toContain("can't be opened");
});

it('names and letters need no file', () => {
  expect([readIcon({ name: 'bot' }, home), readIcon(null, home)]).toEqual([
    { icon: { name: 'bot' }, problem: null },
    { icon: null, problem: null },
  ]);
});
