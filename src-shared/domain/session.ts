// A session: the record that is stored, and the view that clients get of it.
import { z } from 'zod';
import { askedQuestionSchema } from './asked-question.ts';
import { confidenceSchema } from './confidence.ts';
import { doerSchema } from './caller.ts';
import { sessionProjectSchema } from './coordinator.ts';
import { frozenSchema } from './frozen.ts';
import { lineSchema, projectIdSchema, sessionIdSchema, timestampSchema, uuidSchema } from './identifier.ts';
import { issueFactsSchema } from './issue-facts.ts';
import { lifecycleSchema, sessionKindSchema } from './lifecycle.ts';
import { messageViewSchema } from './message.ts';
import { muteSchema } from './mute.ts';
import { ownerSchema } from './owner.ts';
import { pullRequestStateSchema } from './pull-request.ts';
import { screenStateSchema, statusSchema } from './status.ts';
import { portBlockSchema } from './ports.ts';
import { sessionTerminalSchema } from './session-terminal.ts';
import { setUpStateSchema } from './set-up.ts';
import { snoozeEndSchema } from './snooze.ts';
import { terminalExitSchema } from './terminal.ts';
import { toldSchema } from './told.ts';
import { workspaceKindSchema, workspacePlaceSchema, workspaceRecordSchema, workspaceSightSchema } from './workspace.ts';

export const maximalPromptLength = 100_000;
export const maximalNameLength = 80;
const promptSchema = z.string().max(maximalPromptLength);

/** How the first prompt reaches the agent: in its arguments, or typed once it listens. */
export const promptDeliverySchema = z.enum(['none', 'handed-over', 'pending', 'delivered', 'failed']);
export type PromptDelivery = z.infer<typeof promptDeliverySchema>;

export const permissionsSchema = z.enum(['ask', 'permissionless']);

export const issueSchema = z.strictObject({
  /** As somebody wrote it. */
  raw: z.string().min(1).max(500),
  /** Normal form, by which claims are unique. */
  id: z.string().min(1).max(500),
});

export const runtimeNameSchema = z.enum(['pty', 'tmux']);
export type RuntimeName = z.infer<typeof runtimeNameSchema>;

export const sessionRecordSchema = z.strictObject({
  version: z.literal(1),
  id: sessionIdSchema,
  project: sessionProjectSchema,
  kind: sessionKindSchema,
  prefix: z.string(),
  number: z.int().positive().nullable(),
  name: lineSchema(maximalNameLength),
  agent: z.string().min(1).max(64),
  /** Command line of a custom agent. */
  command: z.string().max(4096).nullable(),
  prompt: promptSchema.nullable(),
  promptDelivery: promptDeliverySchema,
  issue: issueSchema.nullable(),
  owner: ownerSchema,
  permissions: permissionsSchema,
  model: lineSchema(200).nullable(),
  /** The agent's own conversation id, assigned at launch or captured later. */
  conversation: z.string().max(200).nullable(),
  /** Null until the worktree is made and after it was removed. */
  workspace: workspaceRecordSchema.nullable(),
  /** The agent's terminal; null until it was started. */
  terminal: uuidSchema.nullable(),
  exit: terminalExitSchema.nullable(),
  lifecycle: lifecycleSchema,
  createdAt: timestampSchema,
  // What came after the first records has a default, so that those are still read.
  /** Where its terminals run. */
  runtime: runtimeNameSchema.default('pty'),
  restoredAt: timestampSchema.nullable().default(null),
  /** What the tracker told of its issue; null when there is none or it could not be asked. */
  issueFacts: issueFactsSchema.nullable().default(null),
  issueUrl: z.string().max(2000).nullable().default(null),
  /** Why its agent was told nothing more of the issue than its name, for a person. */
  issueNote: z.string().max(1000).nullable().default(null),
  /** False: its pull request was taken over by another session, and is not found again by its branch. */
  pullRequestAutoDetect: z.boolean().default(true),
  /** Null in records of before there were such places: then it is that of its workspace. */
  place: workspacePlaceSchema.nullable().default(null),
  /** The project's set-up runs in a workspace that was made for it. */
  setUp: z.boolean().default(true),
  ports: portBlockSchema.nullable().default(null),
  /** How often it was taken for lost and believed again since it was last started. */
  recoveryCount: z.int().nonnegative().default(0),
  /** Since when a person has to look at it, since what is known of it does not fit together; null when nobody has to. */
  escalatedAt: timestampSchema.nullable().default(null),
  /** Why, as one sentence. */
  escalationReason: lineSchema(500).nullable().default(null),
  /** A person has paused it; null when it runs. */
  frozen: frozenSchema.nullable().default(null),
  /** When it was last continued: silence counts from then on. */
  thawedAt: timestampSchema.nullable().default(null),
  /** Who asked for its stop, since it was last started: `person`, or the id of a session; null: nobody did, or Athene itself. */
  stoppedBy: doerSchema.nullable().default(null),
  /** The same of its last restore. */
  restoredBy: doerSchema.nullable().default(null),
  /** Who had it made: `person`, or the id of a session; null: nobody knows any more. */
  spawnedBy: doerSchema.nullable().default(null),
  /** How many sessions stand between it and the person. */
  depth: z.int().nonnegative().default(0),
  /** Projects that a coordinator leads, as they were when it was started; null for a worker. */
  leads: z.array(projectIdSchema).nullable().default(null),
  /** A person lets this coordinator start no more sessions. */
  spawningPaused: z.boolean().default(false),
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

/** What nothing has happened to yet. */
export const untouchedSession = {
  runtime: 'pty',
  restoredAt: null,
  issueFacts: null,
  issueUrl: null,
  issueNote: null,
  pullRequestAutoDetect: true,
  place: null,
  setUp: true,
  ports: null,
  recoveryCount: 0,
  escalatedAt: null,
  escalationReason: null,
  frozen: null,
  thawedAt: null,
  stoppedBy: null,
  restoredBy: null,
  spawnedBy: null,
  depth: 0,
  leads: null,
  spawningPaused: false,
} as const satisfies Partial<SessionRecord>;

export const notEscalated = { escalatedAt: null, escalationReason: null } as const satisfies Partial<SessionRecord>;

/** What a client sees of a session; the derived words are computed where the record is read, never stored. */
export const sessionViewSchema = z.strictObject({
  id: sessionIdSchema,
  project: z.string(),
  kind: sessionKindSchema,
  owner: ownerSchema,
  /** Who had it made: `person`, or the id of a session; null: nobody knows any more. */
  spawnedBy: doerSchema.nullable(),
  /** How many sessions stand between it and the person. */
  depth: z.int().nonnegative(),
  /** Projects that a coordinator leads; null for a worker. */
  leads: z.array(z.string()).nullable(),
  /** It may start no more sessions for now. */
  spawningPaused: z.boolean(),
  name: z.string(),
  agent: z.string(),
  state: screenStateSchema,
  status: statusSchema,
  /** One sentence: from what the state was concluded. */
  because: z.string(),
  /** How far that can be trusted. */
  confidence: confidenceSchema,
  /** Since when the state holds. */
  since: timestampSchema,
  /** What it asks, where that is known as data; null when it asks nothing, or only its terminal shows what. */
  question: askedQuestionSchema.nullable(),
  issue: z.string().nullable(),
  issueTitle: z.string().nullable(),
  issueUrl: z.string().nullable(),
  /** Why no more is known of it. */
  issueNote: z.string().nullable(),
  pullRequest: z.strictObject({ number: z.int(), url: z.string(), state: pullRequestStateSchema }).nullable(),
  branch: z.string().nullable(),
  worktree: z.string().nullable(),
  /** What kind of place that is. */
  workspace: workspaceKindSchema,
  /** What was done to it from outside while its agent lives; null while it is as it should be, and once that has ended. */
  sight: workspaceSightSchema.nullable(),
  ports: portBlockSchema.nullable(),
  /** Null when there is none, or it was over before this host looked. */
  setUp: setUpStateSchema.nullable(),
  terminal: uuidSchema.nullable(),
  /** Its agent's and the shells beside it. */
  terminals: z.array(sessionTerminalSchema),
  prompt: z.string().nullable(),
  promptDelivery: promptDeliverySchema,
  permissions: permissionsSchema,
  command: z.string().nullable(),
  exit: terminalExitSchema.nullable(),
  lastOutputAt: timestampSchema.nullable(),
  createdAt: timestampSchema,
  pinned: z.boolean(),
  /** Put away by a person, and out of sight. */
  archived: z.boolean(),
  /** Put off by a person; null when it is not, or what was put off has changed. */
  snooze: z.strictObject({ until: snoozeEndSchema, at: timestampSchema }).nullable(),
  /** It came into its state after somebody last read it. */
  unread: z.boolean(),
  /** Nobody is notified of it; null when they are. */
  muted: muteSchema.nullable(),
  /** Prompts and messages of which somebody may want to know, oldest first. */
  messages: z.array(messageViewSchema),
  /** How its terminal answered when it was last asked; null when it has none that could live. */
  probe: z.strictObject({ answer: z.enum(['alive', 'ended', 'unknown']), why: z.string().nullable() }).nullable(),
  /** How whoever is notified is told of it, where a reaction says so; null: as its state says. */
  told: toldSchema.nullable(),
  /** It waits to be restored until fewer agents run; null when it does not. */
  inLine: z.strictObject({ request: uuidSchema, place: z.int().positive() }).nullable(),
  /** Why the stored record can't be read; such a session is shown and left alone. */
  damaged: z.string().nullable(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** First non-empty line of the prompt (or the issue, or the id), white space folded, at most 80 code points. */
export function displayName(text: string | null, fallback: string): string {
  const line = (text ?? '')
    .split('\n')
    .map((part) =>
      part
        .replace(/\p{C}|\s/gu, ' ')
        .replace(/ +/g, ' ')
        .trim(),
    )
    .find((part) => part !== '');
  const points = [...(line ?? fallback)];
  const short = points.length <= maximalNameLength ? points.join('') : `${points.slice(0, 77).join('').trimEnd()}…`;
  return short.length <= maximalNameLength ? short : [...short].slice(0, 38).join('') + '…';
}
