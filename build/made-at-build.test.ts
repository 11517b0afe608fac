import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { madeAtBuild } from './made-at-build.ts';
import { migrate, migrations } from '../src-main/storage/migrations.ts';
import { newestSchema } from '../src-main/storage/newest-schema.ts';
import { recordMark } from '../src-main/storage/record-mark.ts';
import { schemaOf } from '../src-main/storage/schema.ts';

it('is what a new database says of itself', () => {
  const connection = new DatabaseSync(':memory:');
  migrate(connection, migrations);
  expect(newestSchema()).toBe(schemaOf(connection));
  connection.close();
});

it.each([
  ['newest-schema.ts', 'newestSchema', newestSchema()],
  ['record-mark.ts', 'recordMark', recordMark()],
])('is in what is built as sources would make it: %s', async (file, name, value) => {
  const load = madeAtBuild().load as (id: string) => string | null;
  const source = load(fileURLToPath(new URL(`../src-main/storage/${file}`, import.meta.url))) ?? '';
  const built = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as Record<string, () => string>;
  expect(built[name]?.()).toBe(value);
});
