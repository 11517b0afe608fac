// How a check says what it found.
import type { Finding, FindingKind } from '#shared/domain/care.ts';

export type Found = Omit<Finding, 'state'> & { readonly state: 'found' | 'kept' | "can't-tell" };

type Words = readonly [kind: FindingKind, subject: string, session: string | null, what: string, todo: string];
const finding = (state: Found['state'], [kind, subject, session, what, todo]: Words): Found => ({
  ...{ kind, subject, session, what, state, todo },
});
export const found = (...words: Words): Found => finding('found', words);
export const kept = (...words: Words): Found => finding('kept', words);
export const doubt = (...words: Words): Found => finding("can't-tell", words);
