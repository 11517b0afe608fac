// Row E23: links and the arguments of a second start come from anybody.
import { describe, expect, it } from 'vitest';
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { linkIn, parseLink } from '../links.ts';

describe('E23 a link', () => {
  it.each([
    ['athene://open', { kind: 'open' }],
    ['athene://open/', { kind: 'open' }],
    ['athene://session/api-7', { kind: 'session', id: 'api-7' }],
    [`athene://session/${'a'.repeat(96)}`, { kind: 'session', id: 'a'.repeat(96) }],
  ])('%s leads somewhere', (text, link) => {
    expect(parseLink(text)).toEqual(link);
  });

  it.each([
    ...[
      '',
      ' ',
      'athene',
      'athene:',
      'athene://',
      'athene:///',
      'athene://app/',
      'athene://app/#/session/api-7',
      'athene:open',
    ],
    ...[
      'ATHENE://open',
      'Athene://session/api-7',
      ' athene://open',
      'athene://open ',
      'athene://open\n',
      'athene://open?x',
      'athene://open#x',
    ],
    ...[
      'athene://open/x',
      'athene://OPEN',
      'athene://user@open',
      'athene://open:80',
      'athene://session',
      'athene://session/',
      'athene://session//api-7',
    ],
    ...[
      'athene://session/api-7/',
      'athene://session/api-7/kill',
      'athene://session/api-7?run=1',
      'athene://session/api-7#x',
      'athene://session/../open',
    ],
    ...[
      'athene://session/..',
      'athene://session/.',
      'athene://session/-rf',
      'athene://session/--help',
      'athene://session/a%20b',
      'athene://session/%61',
    ],
    ...[
      'athene://session/a\0b',
      'athene://session/a b',
      'athene://session/a;b',
      'athene://session/$(id)',
      'athene://session/`id`',
      'athene://session/ä',
    ],
    ...[
      `athene://session/${'a'.repeat(97)}`,
      `athene://session/${'a'.repeat(100_000)}`,
      'athene://spawn/claude',
      'athene://run?command=id',
    ],
    ...[
      'athene://session/api-7\nathene://open',
      'https://open',
      'file:///x',
      '--athene://open',
      '"athene://open"',
      'athene://session/__proto__',
    ],
  ])('%j leads nowhere', (text) => {
    expect(parseLink(text)).toBeNull();
  });

  it('20 000 mutations of one give an open, a session with a proper id, or nothing', () => {
    const random = pseudoRandom(20_261_124);
    const odd: readonly unknown[] = Array.from({ length: 20_000 }, () => {
      const link = linkIn(Array.from({ length: 1 + Math.floor(random() * 3) }, () => mutate(random)));
      if (link === null || (link.kind === 'open' && Object.keys(link).length === 1)) return null;
      return link.kind === 'session' && sessionIdSchema.safeParse(link.id).success ? null : link;
    }).filter((link) => link !== null);
    expect(odd).toEqual([]);
  });

  it('is found between the arguments of a system, and nothing else is', () => {
    expect(linkIn(['--allow-file-access-from-files', '/usr/bin/athene', '--', 'athene://session/api-7'])).toEqual({
      kind: 'session',
      id: 'api-7',
    });
    expect(linkIn(['/tmp/evil.js', '--inspect', 'file:///x', '-e', 'process.exit()'])).toBeNull();
    expect(linkIn([])).toBeNull();
  });
});

const seeds = ['athene://open', 'athene://session/api-7', 'athene://app/', 'athene://session/', '--inspect', ''];
const pieces = [...'/\\:?#@%.-_ \0\n\r\té🦉', '%2f', '..', '://', 'session', 'open', '\u202e', 'a'.repeat(200)];

function mutate(random: () => number): string {
  let text = seeds[Math.floor(random() * seeds.length)] ?? '';
  for (let count = Math.floor(random() * 4); count > 0; count -= 1) {
    const at = Math.floor(random() * (text.length + 1));
    const cut = random() < 0.4 ? 1 : 0;
    text = text.slice(0, at) + (pieces[Math.floor(random() * pieces.length)] ?? '') + text.slice(at + cut);
  }
  return text;
}

/** Mulberry32: the same in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
