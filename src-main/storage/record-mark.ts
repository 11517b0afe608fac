// What is built holds the mark itself in the place of this file (build/made-at-build.ts).
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sessionRecordSchema } from '#shared/domain/session.ts';

let mark: string | null = null;

/** Names what a session's record must look like in this version; another version with the same schema has the same. 16 hex digits. */
export function recordMark(): string {
  mark ??= createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(sessionRecordSchema)))
    .digest('hex')
    .slice(0, 16);
  return mark;
}
