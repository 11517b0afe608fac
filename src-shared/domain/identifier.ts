// The allow-lists for every id that becomes a path, a branch or an argument.
import { z } from 'zod';

// Windows opens a device, not a file, by the names that are left out.
export const projectIdPattern = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,63}$/i;
export const prefixPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$/;
export const sessionIdPattern = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,95}$/i;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const projectIdSchema = z.string().regex(projectIdPattern, 'a project id has 1-64 letters, digits, _ or -');
export const prefixSchema = z.string().regex(prefixPattern, 'a prefix has 1-24 letters, digits, _ or -');
export const sessionIdSchema = z.string().regex(sessionIdPattern, 'a session id has letters, digits, _ or -');
export const agentIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'an agent id has lower-case letters, digits or -');
/** Terminals, requests, messages: UUIDv7 in lower case. */
export const uuidSchema = z.string().regex(uuidPattern, 'not a lower-case UUID');
/** Milliseconds since the epoch. */
export const timestampSchema = z.int().nonnegative();
/** Text for people: no control characters but tab and line feed, no bidirectional overrides. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
export const isPlainText = (text: string): boolean => !unprintable.test(text);
/** One printable line of at most `max` UTF-16 units. */
export const lineSchema = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => isPlainText(text) && !/[\n\t\u2028\u2029]/.test(text), 'must be one printable line');
