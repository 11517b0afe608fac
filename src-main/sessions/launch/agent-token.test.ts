import { describe, expect, it } from 'vitest';
import { custom } from '../../plugins/agents/definitions/custom/definition.ts';
import { shell } from '../../plugins/agents/definitions/shell/definition.ts';
import { newToken, provesToken, tokenFor } from './agent-token.ts';

describe('a token', () => {
  const token = newToken();

  it('has 256 bits, is another one each time, and is not found in its hash', () => {
    expect(Buffer.from(token.text.slice('athene_'.length), 'base64url')).toHaveLength(32);
    expect(new Set(Array.from({ length: 100 }, () => newToken().text)).size).toBe(100);
    expect(token.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('proves itself and nothing else', () => {
    expect(provesToken(token.text, token.hash)).toBe(true);
    expect(provesToken(newToken().text, token.hash)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['its hash', token.hash],
    ['a piece of it', token.text.slice(0, -1)],
    ['more than it', `${token.text}A`],
    ['it with a line end', `${token.text}\n`],
    ['it in another case', token.text.toUpperCase()],
    ['ten megabytes', 'a'.repeat(10_000_000)],
    ['other characters', `athene_${'é'.repeat(43)}`],
    ['a NUL', `${token.text.slice(0, -1)}\0`],
  ])('is not proven by %s', (_, text) => {
    expect(provesToken(text, token.hash)).toBe(false);
  });

  it.each(['', 'zz', token.hash.slice(2), 'null'])('is not proven against what a damaged row holds: %j', (hash) => {
    expect(provesToken(token.text, hash)).toBe(false);
  });

  it('is not made for what acts for the person', () => {
    expect([tokenFor(shell), typeof tokenFor(custom)?.text]).toEqual([null, 'string']);
  });
});
