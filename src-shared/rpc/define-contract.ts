// The three kinds of member that a contract has. The wire knows only these; what they mean is the contract's own.
import type { z } from 'zod';

/** Request and reply. Expected failures come back as values whose code is one of `problems`. */
export interface CallMember<Input extends z.ZodType, Output extends z.ZodType, Code extends string> {
  readonly kind: 'call';
  readonly input: Input;
  readonly output: Output;
  readonly problems: readonly Code[];
}

/** A keyed collection: a snapshot, then numbered upserts and removals. After a gap the client asks again from its last number. */
export interface FeedMember<Key extends z.ZodType, Item extends z.ZodType> {
  readonly kind: 'feed';
  readonly key: Key;
  readonly item: Item;
  readonly idOf: (item: z.output<Item>) => string;
}

/** A two-way binary lane of frames with offsets. Only the fixed header is checked by the wire. */
export interface BytesMember<Key extends z.ZodType, Code extends string> {
  readonly kind: 'bytes';
  readonly key: Key;
  readonly problems: readonly Code[];
}

export type Member =
  | CallMember<z.ZodType, z.ZodType, string>
  // The id is read from items of the same member only, so the parameter may be anything here.
  // oxlint-disable-next-line typescript/no-explicit-any -- a function parameter is contravariant
  | (Omit<FeedMember<z.ZodType, z.ZodType>, 'idOf'> & { readonly idOf: (item: any) => string })
  | BytesMember<z.ZodType, string>;

export interface Contract {
  /** Another major refuses to talk; a minor only adds. */
  readonly version: { readonly major: number; readonly minor: number };
  readonly members: Readonly<Record<string, Member>>;
}

export const call = <Input extends z.ZodType, Output extends z.ZodType, const Code extends string>(
  member: Omit<CallMember<Input, Output, Code>, 'kind'>,
): CallMember<Input, Output, Code> => ({ kind: 'call', ...member });

export const feed = <Key extends z.ZodType, Item extends z.ZodType>(
  member: Omit<FeedMember<Key, Item>, 'kind'>,
): FeedMember<Key, Item> => ({ kind: 'feed', ...member });

export const bytes = <Key extends z.ZodType, const Code extends string>(
  member: Omit<BytesMember<Key, Code>, 'kind'>,
): BytesMember<Key, Code> => ({ kind: 'bytes', ...member });

export const defineContract = <const C extends Contract>(contract: C): C => contract;

type MembersOfKind<C extends Contract, Kind extends Member['kind']> = {
  [Name in keyof C['members'] & string]: C['members'][Name] extends { readonly kind: Kind } ? Name : never;
}[keyof C['members'] & string];

export type CallName<C extends Contract> = MembersOfKind<C, 'call'>;
export type FeedName<C extends Contract> = MembersOfKind<C, 'feed'>;
export type BytesName<C extends Contract> = MembersOfKind<C, 'bytes'>;

type MemberOf<C extends Contract, Name extends string> = C['members'][Name];

export type InputOf<C extends Contract, Name extends CallName<C>> =
  MemberOf<C, Name> extends CallMember<infer Input, z.ZodType, string> ? z.output<Input> : never;
export type OutputOf<C extends Contract, Name extends CallName<C>> =
  MemberOf<C, Name> extends CallMember<z.ZodType, infer Output, string> ? z.output<Output> : never;
export type ItemOf<C extends Contract, Name extends FeedName<C>> =
  MemberOf<C, Name> extends FeedMember<z.ZodType, infer Item> ? z.output<Item> : never;
export type KeyOf<C extends Contract, Name extends FeedName<C> | BytesName<C>> =
  MemberOf<C, Name> extends {
    readonly key: infer Key extends z.ZodType;
  }
    ? z.output<Key>
    : never;
/** Codes that a handler may return for a member. */
export type CodeOf<C extends Contract, Name extends CallName<C> | BytesName<C>> =
  MemberOf<C, Name> extends {
    readonly problems: readonly (infer Code extends string)[];
  }
    ? Code
    : never;

/** What a caller may give: defaults of the schema may be left out. */
export type GivenOf<C extends Contract, Name extends CallName<C>> =
  MemberOf<C, Name> extends CallMember<infer Input, z.ZodType, string> ? z.input<Input> : never;

/** Failures that the wire itself reports for any member. */
export type WireCode =
  | 'incompatible'
  | 'busy'
  | 'unknown-member'
  | 'invalid-input'
  | 'invalid-result'
  | 'cancelled'
  | 'deadline'
  | 'disconnected'
  | 'too-large'
  | 'internal';
