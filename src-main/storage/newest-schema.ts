// What is built holds the text itself in the place of this file (build/made-at-build.ts): a command would take longer for all steps than for
// what it was called for.
import { migrations } from './migrations.ts';
import { schemaAfter } from './schema.ts';

/** What `schemaOf` says of a database of this version. */
export const newestSchema = (): string => schemaAfter(migrations);
