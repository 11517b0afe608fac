// Who asks for something: the person, or the agent of a session.
import { z } from 'zod';
import { sessionIdSchema } from './identifier.ts';
import type { SessionKind } from './lifecycle.ts';
import type { Owner } from './owner.ts';

/** An agent that has proven by its token which session it is. Everything here is from the record, nothing from its environment. */
export interface SessionCaller {
  readonly kind: 'session';
  readonly session: string;
  readonly role: SessionKind;
  readonly project: string;
  readonly owner: Owner;
  /** Projects that it leads. */
  readonly leads: readonly string[];
}

/** Says that it is the agent of a session, and does not prove it. */
export interface UnprovenCaller {
  readonly kind: 'unproven';
  /** The session that it names; null when it has a token and names none. */
  readonly session: string | null;
  readonly why: 'token-missing' | 'token-wrong' | 'session-ended' | 'cannot-tell';
}

export type Caller =
  /** The person, at a window or tab. */
  | { readonly kind: 'window' }
  /** The person, by a command. */
  | { readonly kind: 'command' }
  | SessionCaller
  | UnprovenCaller;

/** What was resolved when it was started; a worker leads nothing, whatever its record says. */
export function ledBy({ kind, project, leads }: Leader): readonly string[] {
  if (kind === 'orchestrator') return [project];
  return kind === 'meta-orchestrator' ? (leads ?? []) : [];
}

interface Leader {
  readonly kind: SessionKind;
  readonly project: string;
  readonly leads: readonly string[] | null;
}

/** Who answers for a session that this caller spawns; never what the caller says of itself. */
export const ownerOfSpawn = (caller: Caller): Owner =>
  caller.kind === 'session' && caller.role === 'meta-orchestrator'
    ? { kind: 'meta', name: caller.session }
    : { kind: 'project' };

/** Who does something, for the record: `person`, or the session whose agent does it. */
export const doerSchema = z.union([z.literal('person'), sessionIdSchema]);
export type Doer = z.infer<typeof doerSchema>;

export const doerOf = (caller: Caller): Doer => (caller.kind === 'session' ? caller.session : 'person');
