// The control messages: JSON in text frames. Objects are open, so that a minor version may add to them; kinds that a side does
// not know are skipped. Binary frames belong to lanes, by their channel.
import { z } from 'zod';
import type { WireCode } from './define-contract.ts';

/** An expected failure as the wire carries it. */
export const wireProblemSchema = z.object({
  code: z.string().min(1).max(64),
  what: z.string(),
  kept: z.string().optional(),
  todo: z.string().optional(),
  details: z.string().optional(),
});
export type WireProblem<Code extends string = string> = Omit<z.infer<typeof wireProblemSchema>, 'code'> & {
  readonly code: Code;
};

export const wireProblem = (code: WireCode, what: string, more: Partial<WireProblem> = {}): WireProblem<WireCode> => ({
  ...more,
  code,
  what,
});

/** Given by the client, counted up, not used twice in a connection. That of a lane is its channel. */
const id = z.int().min(1).max(0xffff_ffff);
const name = z.string().min(1).max(128);
const sequence = z.int().nonnegative();

const hello = z.object({ kind: z.literal('hello'), major: z.int(), minor: z.int(), build: z.string().max(200) });
const bytesClose = z.object({ kind: z.literal('bytes-close'), id, why: z.string().max(4000).nullable() });
export type Hello = Omit<z.infer<typeof hello>, 'kind'>;

export const clientMessageSchema = z.discriminatedUnion('kind', [
  hello,
  z.object({
    kind: z.literal('call'),
    id,
    name,
    input: z.unknown(),
    /** Milliseconds from arrival; the longest that a timer takes. */
    deadline: z.int().min(1).max(0x7fff_ffff).optional(),
  }),
  z.object({ kind: z.literal('cancel'), id }),
  z.object({
    kind: z.literal('feed-open'),
    id,
    name,
    key: z.unknown(),
    after: sequence.nullable(),
    credit: z.int().min(0).max(1_000_000),
  }),
  z.object({ kind: z.literal('feed-credit'), id, more: z.int().min(1).max(1_000_000) }),
  z.object({ kind: z.literal('feed-close'), id }),
  z.object({ kind: z.literal('bytes-open'), id, name, key: z.unknown() }),
  bytesClose,
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;
export type ClientMessageOf<Kind extends ClientMessage['kind']> = Extract<ClientMessage, { readonly kind: Kind }>;

export const serverMessageSchema = z.discriminatedUnion('kind', [
  hello,
  z.object({ kind: z.literal('reply'), id, value: z.unknown() }),
  z.object({ kind: z.literal('problem'), id, problem: wireProblemSchema }),
  /** A snapshot too large for one frame comes in parts; all but the last say `more`. */
  z.object({
    kind: z.literal('feed-snapshot'),
    id,
    seq: sequence,
    items: z.array(z.unknown()),
    more: z.boolean(),
  }),
  z.object({ kind: z.literal('feed-upsert'), id, seq: sequence, item: z.unknown() }),
  z.object({ kind: z.literal('feed-remove'), id, seq: sequence, item: z.string() }),
  z.object({ kind: z.literal('feed-end'), id, problem: wireProblemSchema }),
  z.object({ kind: z.literal('bytes-opened'), id }),
  z.object({ kind: z.literal('bytes-refused'), id, problem: wireProblemSchema }),
  bytesClose,
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
