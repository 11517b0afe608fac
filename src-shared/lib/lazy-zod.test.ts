import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z as zod } from 'zod';
import { later, z as lazy } from './lazy-zod.ts';

// Its types are known to nobody but zod: what is built is checked against the sources, which use the real one.
const z = lazy as unknown as typeof zod;

it('has whatever the sources use of zod', () => {
  const root = new URL('../../', import.meta.url).pathname;
  const sources = globSync('{src-main,src-shared}/**/*.ts', { cwd: root }).filter((file) => !file.includes('.test.'));
  const used = sources.flatMap((file) => readFileSync(root + file, 'utf8').match(/(?<![\w.])z\.\w+/g) ?? []);
  // Types are gone when it runs.
  const types = new Set(['infer', 'input', 'output', 'ZodType', 'base', 'core']);
  const names = [...new Set(used.map((each) => each.slice(2)))].filter((name) => !types.has(name));
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !Object.hasOwn(lazy, name))).toEqual([]);
});

it('makes nothing until it is used, and then once', () => {
  let count = 0;
  const schema = later(() => {
    count += 1;
    return zod.string() as never;
  }) as unknown as zod.ZodString;
  const longer = schema.min(2).nullable().default(null);
  expect(count).toBe(0);
  expect([longer.parse(undefined), longer.safeParse('a').success, longer.parse('ab'), schema.parse('')]).toEqual([
    ...[null, false, 'ab', ''],
  ]);
  expect(count).toBe(1);
});

it('makes a field of an object when that is used', () => {
  let count = 0;
  const object = later(() => {
    count += 1;
    return zod.strictObject({ at: zod.int(), on: zod.boolean().nullable() }) as never;
  }) as unknown as zod.ZodObject<{ at: zod.ZodInt; on: zod.ZodNullable<zod.ZodBoolean> }>;
  const { shape } = object;
  const wider = z.object({ at: shape.at.optional(), on: shape.on.unwrap() });
  const same = z.strictObject(shape);
  expect(count).toBe(0);
  expect([wider.parse({ on: true }), same.safeParse({ at: 1 }).success]).toEqual([{ on: true }, false]);
  expect([count, Object.keys(shape), Object.hasOwn(shape, 'off')]).toEqual([1, ['at', 'on'], false]);
});

it('gives the fields of an object that it knows without making the object', () => {
  let count = 0;
  const field = later(() => {
    count += 1;
    return zod.int() as never;
  });
  const broken = later(() => {
    throw new Error('made');
  });
  const object = lazy.strictObject({ field, broken }) as unknown as zod.ZodObject<{ field: zod.ZodInt }>;
  const wider = z.object({ field: object.shape.field.exactOptional() });
  expect(count).toBe(0);
  expect([wider.parse({}), wider.safeParse({ field: 'a' }).success, count]).toEqual([{}, false, 1]);
  expect(() => object.parse({})).toThrow('made');
});

const declare = (from: typeof zod) => {
  const id = from.string().regex(/^[a-z]+$/);
  const part = from.strictObject({ id, at: from.int().nonnegative().nullable().default(null) });
  const kinds = from.enum(['a', 'b']);
  const tagged = from.discriminatedUnion('kind', [
    from.strictObject({ kind: from.literal('one'), part }),
    from.strictObject({ kind: from.literal('many'), parts: from.array(part).max(2), by: from.record(kinds, id) }),
  ]);
  const either = from.union([tagged, from.null(), id.transform((text) => text.length)]);
  return { part, wider: part.extend({ more: from.unknown().optional() }), tagged, either, kinds };
};

it.each([
  [{ id: 'a' }],
  [{ id: 'A' }],
  [{ id: 'a', at: 1, more: [] }],
  [{ kind: 'one', part: { id: 'x', at: 2 } }],
  [{ kind: 'many', parts: [{ id: 'x' }], by: { a: 'x', b: 'y' } }],
  [{ kind: 'many', parts: [{ id: 'x' }, {}, {}], by: {} }],
  [null],
  ['abc'],
  [7],
])('says of %j what zod says', (value) => {
  const [ours, theirs] = [declare(z), declare(zod)];
  for (const name of ['part', 'wider', 'tagged', 'either'] as const) {
    const [a, b] = [ours[name].safeParse(value), theirs[name].safeParse(value)];
    expect([name, a.success, a.data, a.error?.issues]).toEqual([name, b.success, b.data, b.error?.issues]);
  }
});

it('lets others look into a schema', () => {
  const [ours, theirs] = [declare(z), declare(zod)];
  expect(ours.kinds.options).toEqual(['a', 'b']);
  expect(Object.keys(ours.part.shape)).toEqual(['id', 'at']);
  const [tagged, same] = [z.toJSONSchema(ours.tagged), zod.toJSONSchema(theirs.tagged)];
  expect(tagged).toEqual(same);
});
