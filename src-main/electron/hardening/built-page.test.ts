// Rows E1, E7, E25: what the built page itself holds. `node build/build.ts` makes it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';

const built = join(packageRoot(), 'dist', 'renderer');
if (!existsSync(join(built, 'index.html'))) throw new Error('There is no built screen: run `node build/build.ts`');
const html = readFileSync(join(built, 'index.html'), 'utf8');
const elements = [...html.matchAll(/<([a-z]+)\b([^>]*)>/gi)].map(([, name = '', attributes = '']) => ({
  name: name.toLowerCase(),
  attributes: Object.fromEntries(
    [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
  ) as Readonly<Record<string, string | undefined>>,
}));

describe('E7 the page', () => {
  it('has no script but files, no handler, and no other base', () => {
    expect(elements.filter(({ name }) => name === 'script').map(({ attributes }) => typeof attributes['src'])).toEqual([
      'string',
    ]);
    expect(html).toMatch(/<script [^>]*><\/script>/);
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((key) => key.startsWith('on'))).toEqual(
      [],
    );
    const odd = ['base', 'iframe', 'object', 'embed', 'webview', 'form', 'style', 'template'];
    expect(elements.filter(({ name }) => odd.includes(name))).toEqual([]);
  });

  it('E1 loads nothing from elsewhere', () => {
    const addresses = elements
      .flatMap(({ attributes }) => [attributes['src'], attributes['href']])
      .filter((one) => one !== undefined);
    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => !/^\.\/assets\/[\w.-]+$/.test(address))).toEqual([]);
  });

  it('E1 and neither do its styles', () => {
    const styles = readdirSync(join(built, 'assets')).filter((name) => name.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    const remote = styles.flatMap((name) =>
      [...readFileSync(join(built, 'assets', name), 'utf8').matchAll(/url\(\s*["']?([^"')]+)/g)]
        .map(([, address = '']) => address)
        .filter((address) => !/^(?:data:image\/|\.?\/?(?:assets\/)?[\w.-]+$)/.test(address)),
    );
    expect(remote).toEqual([]);
  });
});
