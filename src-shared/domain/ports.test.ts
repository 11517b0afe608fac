import { expect, it } from 'vitest';
import { freeBlocks, overlap, portsText, portVariables, type PortBlock } from './ports.ts';

const first = (block: PortBlock, taken: readonly PortBlock[]) => freeBlocks(block, taken).next().value;

it('gives the lowest block that meets no other, whatever their sizes', () => {
  const wanted = { base: 21_000, count: 10 };
  expect(first(wanted, [])).toEqual(wanted);
  expect(first(wanted, [{ base: 21_000, count: 10 }])).toEqual({ base: 21_010, count: 10 });
  expect(first(wanted, [{ base: 21_005, count: 1 }])).toEqual({ base: 21_010, count: 10 });
  expect(first(wanted, [{ base: 20_990, count: 40 }])).toEqual({ base: 21_030, count: 10 });
  expect(first({ base: 65_530, count: 10 }, [])).toBeUndefined();
});

it.each([
  [{ base: 10_000, count: 10 }, { base: 10_009, count: 1 }, true],
  [{ base: 10_000, count: 10 }, { base: 10_010, count: 10 }, false],
  [{ base: 10_010, count: 10 }, { base: 10_000, count: 10 }, false],
  [{ base: 10_000, count: 1 }, { base: 9_990, count: 100 }, true],
])('%o and %o overlap: %s', (a, b, expected) => expect([overlap(a, b), overlap(b, a)]).toEqual([expected, expected]));

it('names base, count and each port', () => {
  expect(portVariables({ base: 21_000, count: 2 })).toEqual({
    ATHENE_PORT_BASE: '21000',
    ATHENE_PORT_COUNT: '2',
    ATHENE_PORT_0: '21000',
    ATHENE_PORT_1: '21001',
  });
  expect([portsText({ base: 21_000, count: 10 }), portsText({ base: 80, count: 1 })]).toEqual(['21000–21009', '80']);
});
