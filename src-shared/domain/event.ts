// An event: a row of the timeline. It reports what happened, in one line for people and a little data; nothing is decided from it.
import { z } from 'zod';
import { sessionProjectSchema } from './coordinator.ts';
import { lineSchema, sessionIdSchema, timestampSchema } from './identifier.ts';
import { prioritySchema, type Priority } from './priority.ts';

/** What happened, and how urgent that is. */
const priorities = {
  'session.spawn_started': 'info',
  'session.spawned': 'info',
  /** What was made of it was taken back. */
  'session.spawn_undone': 'warning',
  'session.imported': 'info',
  'session.set_up_step': 'info',
  'session.set_up_failed': 'warning',
  'session.working': 'info',
  'session.idle': 'info',
  'session.needs_input': 'urgent',
  'session.stuck': 'urgent',
  /** It can't be seen any more; nobody says that it has ended. */
  'session.detecting': 'warning',
  'session.errored': 'urgent',
  'session.killed': 'info',
  'session.finished': 'info',
  'session.restored': 'info',
  'session.restore_failed': 'warning',
  'session.removed': 'info',
  'session.renamed': 'info',
  'session.conversation_deleted': 'info',
  /** What it asked for was not made: a limit, a pause, somebody has the work already. */
  'coordinator.spawn_refused': 'warning',
  'coordinator.paused': 'info',
  'coordinator.resumed': 'info',
  /** It is told that a person answered for one of its workers. */
  'coordinator.informed': 'info',
  'prompt.sent': 'info',
  'prompt.failed': 'warning',
  'message.sent': 'info',
  'message.confirmed': 'info',
  'message.not_confirmed': 'warning',
  'message.failed': 'warning',
  'message.discarded': 'info',
  'question.asked': 'info',
  'question.answered': 'info',
  /** It went away without an answer of Athene's. */
  'question.withdrawn': 'info',
  'branch.changed': 'info',
  'rescue.made': 'info',
  'pr.created': 'info',
  'pr.closed': 'info',
  'pr.given_up': 'info',
  'ci.failing': 'warning',
  'review.pending': 'info',
  'review.changes_requested': 'warning',
  'review.approved': 'action',
  'merge.ready': 'action',
  'merge.completed': 'action',
  'merge.conflicts': 'warning',
  'summary.all_complete': 'info',
  'reaction.triggered': 'info',
  /** A person wants its agent not to be told, or to be told at once. */
  'reaction.dismissed': 'info',
  'reaction.wanted': 'info',
  /** What was to be told is over. */
  'reaction.withdrawn': 'info',
  'reaction.escalated': 'urgent',
  /** A session whose pull request is merged was left alone. */
  'cleanup.left': 'warning',
  'recovery.believed': 'info',
  'recovery.claim_freed': 'info',
  'recovery.orphan_ended': 'warning',
} as const satisfies Readonly<Record<string, Priority>>;

export type EventKind = keyof typeof priorities;
export const priorityOf = (kind: EventKind): Priority => priorities[kind];

/** Who tells it: Athene of what it did itself, a person, an agent by its command, or whoever tells facts. */
const eventSources = [
  'athene',
  'person',
  'agent',
  'hook',
  'report',
  'transcript',
  'screen',
  'terminal',
  'process',
  'runtime',
  'git',
  'code-host',
] as const;
export type EventSource = (typeof eventSources)[number];

/** Before it is numbered. Texts in it may come from outside: they are made harmless where they are written. */
export interface NewEvent {
  readonly kind: EventKind;
  /** Null: it is about no session. */
  readonly session: string | null;
  /** Null: it is about no project. Left out: it is that of the session. */
  readonly project?: string | null;
  readonly source: EventSource;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** When it was so; else it is so now. */
  readonly at?: number;
  /** Where that of its kind is not meant. */
  readonly priority?: Priority;
}

export const longestEventText = 300;

/** A word of a newer Athene is shown as it is. */
const wordSchema = z.string().regex(/^[a-z][a-z0-9._-]{0,63}$/, 'not a word of events');

export const eventViewSchema = z.strictObject({
  /** Grows in the order of writing. */
  id: z.int().positive(),
  at: timestampSchema,
  session: sessionIdSchema.nullable(),
  project: sessionProjectSchema.nullable(),
  source: wordSchema,
  kind: wordSchema,
  priority: prioritySchema,
  text: lineSchema(longestEventText),
  data: z.record(z.string(), z.unknown()),
});
export type EventView = z.infer<typeof eventViewSchema>;

/** By which whoever shows a timeline hears that it goes on. */
export const lastEventSchema = z.strictObject({ session: sessionIdSchema, last: z.int().nonnegative() });
export type LastEvent = z.infer<typeof lastEventSchema>;

/** What is left out matches everything. */
export const eventFilterSchema = z.strictObject({
  session: sessionIdSchema.nullable().default(null),
  project: sessionProjectSchema.nullable().default(null),
  /** Whole kinds, or what stands before their dot with it: `session.`. */
  kinds: z
    .array(
      z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,31}\.[a-z0-9_]{0,31}$/, 'not a kind of event, like session.spawned or session.'),
    )
    .max(50)
    .default([]),
  sources: z.array(wordSchema).max(20).default([]),
  priorities: z.array(prioritySchema).max(prioritySchema.options.length).default([]),
  since: timestampSchema.nullable().default(null),
  /** Words that all have to be in it, or begin one in it. Never an expression. */
  search: z.string().max(500).nullable().default(null),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/** Where a page ends, in the order of time; those of one moment are in the order of writing. */
export const eventCursorSchema = z.strictObject({ at: timestampSchema, id: z.int().positive() });
export type EventCursor = z.infer<typeof eventCursorSchema>;

/** Days for which events are kept, and how many at most: of one session, and of all. */
export const eventRetention = { days: 30, perSession: 1000, total: 25_000 } as const;
