import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { agentFolder, findAgents, pinned } from './agent-programs.ts';
import { root } from './prepare.mjs';

it('the versions are exact, and the docs tell the same', () => {
  expect(Object.values(pinned).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  const docs = readFileSync(join(root, 'docs', 'agents.md'), 'utf8');
  expect(Object.values(pinned).filter((version) => !docs.includes(version))).toEqual([]);
});

it('lie where ATHENE_AGENTS_CACHE says, else in the cache of the person, in a folder for this set', () => {
  const [own, other] = [
    agentFolder({ ATHENE_AGENTS_CACHE: '/c' }),
    agentFolder({ ATHENE_AGENTS_CACHE: '/c' }, { a: '1.0.0' }),
  ];
  expect([own, other]).toEqual([
    expect.stringMatching(/^\/c\/[0-9a-f]{12}$/),
    expect.stringMatching(/^\/c\/[0-9a-f]{12}$/),
  ]);
  expect(own).not.toBe(other);
  expect(agentFolder({ XDG_CACHE_HOME: '/x' })).toMatch(/^\/x\/athene\/agents\/[0-9a-f]{12}$/);
  expect(findAgents({ ATHENE_AGENTS_CACHE: '/nowhere' })).toBe(null);
});
