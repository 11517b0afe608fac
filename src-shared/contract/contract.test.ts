import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from './contract.ts';

/** JSON Schema can say nothing of dates, maps or undefined; a transformation must change nothing that has been through it. */
const schemas = Object.entries(contract.members).flatMap(([name, member]): [string, z.ZodType][] => {
  if (member.kind === 'bytes') return [[`the key of ${name}`, member.key]];
  return member.kind === 'call'
    ? [
        [`the input of ${name}`, member.input],
        [`the output of ${name}`, member.output],
      ]
    : [
        [`the key of ${name}`, member.key],
        [`an item of ${name}`, member.item],
      ];
});

test.each(schemas)('%s is plain JSON', (_, schema) => {
  expect(() => z.toJSONSchema(schema, { io: 'input' })).not.toThrow();
});

const given = Object.entries(contract.members).map(([name, member]): [string, z.ZodType] => [
  name,
  member.kind === 'call' ? member.input : member.key,
]);

test.each(given)('what %s takes refuses what is no object of its own', (_, schema) => {
  const strange = [undefined, null, 'text', 7, [], JSON.parse('{"__proto__":{"polluted":1}}'), { constructor: {} }];
  expect(strange.filter((value) => schema.safeParse(value).success)).toEqual([]);
});
