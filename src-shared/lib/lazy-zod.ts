// Stands for `zod` in what is built: a schema is made when it is first used. Making all that are declared takes a process that uses three of
// them longer than everything else it does until its first line is printed.
import { config, z as zod } from 'zod';

/** A schema, as far as this file knows. */
type Schema = Record<PropertyKey, unknown>;
type Maker = (...given: readonly unknown[]) => Schema;

/** Asks for the schema itself. */
const made = Symbol('the schema that was made');

/** Methods that give another schema: that is made when it is used, too. */
const chained: ReadonlySet<PropertyKey> = new Set([
  ...[
    'optional',
    'exactOptional',
    'nullable',
    'nullish',
    'default',
    'prefault',
    'catch',
    'readonly',
    'brand',
    'pipe',
    'transform',
  ],
  ...['refine', 'superRefine', 'check', 'overwrite', 'describe', 'meta', 'or', 'and', 'array'],
  ...['min', 'max', 'length', 'nonempty', 'regex', 'includes', 'startsWith', 'endsWith', 'trim', 'normalize'],
  ...['toLowerCase', 'toUpperCase', 'int', 'positive', 'negative', 'nonnegative', 'nonpositive', 'multipleOf'],
  ...[
    'extend',
    'safeExtend',
    'omit',
    'pick',
    'partial',
    'required',
    'strict',
    'loose',
    'catchall',
    'exclude',
    'extract',
    'unwrap',
  ],
]);

/** @param fields of an object, where they are known before it is made */
export function later(make: () => Schema, fields?: unknown): Schema {
  let schema: Schema | null = null;
  const get = (): Schema => (schema ??= make());
  return new Proxy<Schema>(
    {},
    {
      get(_, name) {
        if (name === made) return get();
        if (schema === null && chained.has(name)) {
          return (...given: readonly unknown[]) => later(() => (get()[name] as Maker)(...given.map(withMade)));
        }
        if (name === 'shape' && fields !== undefined) return fields;
        if (schema === null && name === 'shape') return shapeLater(() => get()['shape'] as Schema);
        const found = get()[name];
        return typeof found === 'function' ? (found as Maker).bind(schema) : found;
      },
      has: (_, name) => name === made || name in get(),
      ownKeys: () => Reflect.ownKeys(get()),
      getPrototypeOf: () => Reflect.getPrototypeOf(get()),
    },
  );
}

/** A field of an object is made when it is used; who wants to know which fields there are makes the object. */
const shapeLater = (get: () => Schema): Schema =>
  new Proxy<Schema>(
    {},
    {
      get: (_, name) => (typeof name === 'string' ? later(() => get()[name] as Schema) : get()[name]),
      has: (_, name) => name in get(),
      ownKeys: () => Reflect.ownKeys(get()),
      getOwnPropertyDescriptor: (_, name) =>
        name in get() ? { value: get()[name], enumerable: true, configurable: true } : undefined,
    },
  );

/** What zod is given holds its own schemas, not ours that stand for them. */
function withMade(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  if (made in given) return (given as { readonly [made]: unknown })[made];
  if (Array.isArray(given)) return given.map(withMade);
  if (Object.getPrototypeOf(given) !== Object.prototype) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withMade(value)]));
}

const maker =
  (make: unknown): Maker =>
  (...given) =>
    later(() => (make as Maker)(...given.map(withMade)));

/** Its fields can be had without it. */
const objectMaker =
  (make: unknown): Maker =>
  (...given) =>
    later(() => (make as Maker)(...given.map(withMade)), given[0]);

/** For what looks into schemas. */
const reader =
  (read: unknown): ((...given: readonly unknown[]) => unknown) =>
  (...given) =>
    (read as (...all: readonly unknown[]) => unknown)(...given.map(withMade));

/** Named one by one: whoever takes all of zod takes its forty languages too, and waits for them. A test compares this with what the sources use. */
export const z = {
  any: maker(zod.any),
  array: maker(zod.array),
  base64: maker(zod.base64),
  base64url: maker(zod.base64url),
  bigint: maker(zod.bigint),
  boolean: maker(zod.boolean),
  custom: maker(zod.custom),
  date: maker(zod.date),
  discriminatedUnion: maker(zod.discriminatedUnion),
  email: maker(zod.email),
  enum: maker(zod.enum),
  int: maker(zod.int),
  intersection: maker(zod.intersection),
  int32: maker(zod.int32),
  ipv4: maker(zod.ipv4),
  ipv6: maker(zod.ipv6),
  json: maker(zod.json),
  jwt: maker(zod.jwt),
  lazy: maker(zod.lazy),
  literal: maker(zod.literal),
  looseObject: objectMaker(zod.looseObject),
  map: maker(zod.map),
  nan: maker(zod.nan),
  never: maker(zod.never),
  null: maker(zod.null),
  nullable: maker(zod.nullable),
  number: maker(zod.number),
  object: objectMaker(zod.object),
  optional: maker(zod.optional),
  partialRecord: maker(zod.partialRecord),
  preprocess: maker(zod.preprocess),
  record: maker(zod.record),
  set: maker(zod.set),
  strictObject: objectMaker(zod.strictObject),
  string: maker(zod.string),
  stringbool: maker(zod.stringbool),
  templateLiteral: maker(zod.templateLiteral),
  tuple: maker(zod.tuple),
  undefined: maker(zod.undefined),
  union: maker(zod.union),
  unknown: maker(zod.unknown),
  url: maker(zod.url),
  uuid: maker(zod.uuid),
  uuidv7: maker(zod.uuidv7),
  void: maker(zod.void),
  toJSONSchema: reader(zod.toJSONSchema),
  prettifyError: zod.prettifyError,
  ZodError: zod.ZodError,
  NEVER: zod.NEVER,
};

export { config };
