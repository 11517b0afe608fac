// The one contract between a host and its clients, whatever carries it.
import { z } from 'zod';
import { agentViewSchema } from '#shared/domain/agent.ts';
import { lastEventSchema } from '#shared/domain/event.ts';
import { projectIdSchema, sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { noticeViewSchema } from '#shared/domain/notice-view.ts';
import { notifierSettingsSchema } from '#shared/domain/notifier.ts';
import { projectViewSchema } from '#shared/domain/project.ts';
import { sessionReactionsSchema } from '#shared/domain/reaction-view.ts';
import { sessionViewSchema } from '#shared/domain/session.ts';
import { settingsChangeSchema, settingsSchema } from '#shared/domain/settings.ts';
import { spawnInputSchema, spawnViewSchema } from '#shared/domain/spawn.ts';
import { doctorCheckSchema, systemViewSchema } from '#shared/domain/system.ts';
import { bytes, call, defineContract, feed } from '#shared/rpc/define-contract.ts';
import { careCalls } from './care-calls.ts';
import { conversationCalls } from './conversation-calls.ts';
import { eventCalls } from './event-calls.ts';
import { coordinatorCalls } from './coordinator-calls.ts';
import { evidenceCalls } from './evidence-calls.ts';
import { hookCalls } from './hook-calls.ts';
import { importCalls } from './import-calls.ts';
import { markCalls } from './mark-calls.ts';
import { pullRequestCalls } from './pull-request-calls.ts';
import { messageCalls } from './message-calls.ts';
import { noticeCalls } from './notice-calls.ts';
import { configCalls } from './config-calls.ts';
import { pluginCalls } from './plugin-calls.ts';
import { projectCalls } from './project-calls.ts';
import { questionCalls } from './question-calls.ts';
import { issueCalls } from './issue-calls.ts';
import { reactionCalls } from './reaction-calls.ts';
import { removalCalls } from './removal-calls.ts';
import { resourceCalls } from './resource-calls.ts';
import { spawnProblems } from './spawn-problems.ts';
import { shellCalls } from './shell-calls.ts';
import { sessionCalls } from './session-calls.ts';

const nothing = z.strictObject({});
const done = z.null();

export const contract = defineContract({
  version: { major: 1, minor: 0 },
  members: {
    'project.add': call({
      input: z.strictObject({
        path: z.string().min(1).max(4096),
        id: projectIdSchema.nullable(),
        /** The person agrees that agents may trust its worktrees. */
        trustWorktrees: z.boolean().default(false),
      }),
      output: projectViewSchema,
      problems: ['not-a-repository', 'project-exists', 'project-refused', 'configuration-broken'],
    }),
    /** Makes a small git repository on this machine and adds it. */
    'project.addSandbox': call({
      input: nothing,
      output: projectViewSchema,
      problems: ['project-refused', 'configuration-broken'],
    }),
    /** Forgets the project; its repository stays as it is. */
    'project.remove': call({
      input: z.strictObject({ id: projectIdSchema }),
      output: done,
      problems: ['project-unknown', 'project-in-use', 'configuration-broken'],
    }),
    'agent.list': call({
      /** `fresh`: look again instead of answering from the last look. */
      input: z.strictObject({ fresh: z.boolean() }),
      output: z.array(agentViewSchema),
      problems: [],
    }),
    /** Answers when the session runs, or with what went wrong; progress is in the `spawnProgress` feed. */
    'session.spawn': call({
      input: spawnInputSchema,
      output: z.strictObject({ session: sessionIdSchema }),
      problems: spawnProblems,
    }),
    'session.cancelSpawn': call({
      input: z.strictObject({ request: uuidSchema }),
      output: done,
      problems: ['spawn-unknown', 'spawn-elsewhere', 'storage-busy', 'storage-newer'],
    }),
    /** Forgets a failed spawn and its prompt. */
    'session.dismissSpawn': call({
      input: z.strictObject({ request: uuidSchema }),
      output: done,
      problems: ['spawn-unknown', 'spawn-running'],
    }),
    /** Ends every process of the session; its worktree and branch stay. */
    'session.kill': call({
      input: z.strictObject({ id: sessionIdSchema }),
      output: z.strictObject({ alreadyEnded: z.boolean(), survivors: z.array(z.int()) }),
      problems: [
        'session-unknown',
        'session-damaged',
        'spawn-elsewhere',
        'runtime-unreachable',
        'storage-busy',
        'storage-newer',
      ],
    }),
    /** Removes the worktree of an ended session, snapshotting what is not committed; the branch stays. */
    'session.remove': call({
      input: z.strictObject({
        id: sessionIdSchema,
        /** Ignored files that are too large for a snapshot may go: somebody was shown them. */
        discardLarge: z.boolean().optional(),
        /** False: without the project's tear-down commands. */
        tearDown: z.boolean().optional(),
        /** The person knows that nobody else removes it, where that can't be told. */
        takeOver: z.boolean().optional(),
      }),
      output: z.strictObject({ rescueRef: z.string().nullable(), branch: z.string().nullable() }),
      problems: [
        'session-unknown',
        'session-running',
        'tear-down-failed',
        'workspace-dirty',
        'removal-running',
        'workspace-failed',
        'cannot-tell',
        'storage-busy',
        'storage-newer',
      ],
    }),
    'session.get': call({
      input: z.strictObject({ id: sessionIdSchema }),
      output: sessionViewSchema,
      problems: ['session-unknown'],
    }),
    'settings.get': call({ input: nothing, output: settingsSchema, problems: ['configuration-broken'] }),
    /** Changes what is named and leaves the rest as it is. */
    'settings.set': call({
      input: settingsChangeSchema,
      output: settingsSchema,
      problems: ['configuration-broken', 'storage-busy', 'storage-newer'],
    }),
    /** The unfinished text of the spawn dialog: kept by the host, so that it outlives windows and ports. */
    'draft.get': call({
      input: nothing,
      output: z.strictObject({ text: z.string().nullable() }),
      problems: [],
    }),
    'draft.set': call({
      input: z.strictObject({ text: z.string().max(200_000).nullable() }),
      output: done,
      problems: ['storage-busy', 'storage-newer'],
    }),
    'system.info': call({ input: nothing, output: systemViewSchema, problems: [] }),
    ...sessionCalls,
    ...coordinatorCalls,
    ...messageCalls,
    ...projectCalls,
    ...configCalls,
    ...pluginCalls,
    ...shellCalls,
    ...careCalls,
    ...markCalls,
    ...questionCalls,
    ...conversationCalls,
    ...pullRequestCalls,
    ...removalCalls,
    ...importCalls,
    ...evidenceCalls,
    ...hookCalls,
    ...eventCalls,
    ...resourceCalls,
    ...noticeCalls,
    ...reactionCalls,
    ...issueCalls,
    'system.doctor': call({ input: nothing, output: z.array(doctorCheckSchema), problems: [] }),

    projects: feed({ key: nothing, item: projectViewSchema, idOf: (project) => project.id }),
    sessions: feed({ key: nothing, item: sessionViewSchema, idOf: (session) => session.id }),
    spawnProgress: feed({ key: nothing, item: spawnViewSchema, idOf: (spawn) => spawn.request }),
    settings: feed({ key: nothing, item: settingsSchema, idOf: () => 'settings' }),
    system: feed({ key: nothing, item: systemViewSchema, idOf: () => 'system' }),
    notices: feed({ key: nothing, item: noticeViewSchema, idOf: (notice) => notice.id }),
    /** Of sessions of which something is triggered or remembered. */
    reactions: feed({ key: nothing, item: sessionReactionsSchema, idOf: ({ session }) => session }),
    notifiers: feed({ key: nothing, item: notifierSettingsSchema, idOf: () => 'notifiers' }),

    /** Of one session: the id of its newest event. */
    lastEvent: feed({
      key: z.strictObject({ session: sessionIdSchema }),
      item: lastEventSchema,
      idOf: ({ session }) => session,
    }),

    /**
     * One viewer's lane to one terminal; frames as in `terminalFrame` of domain/terminal. `from` is an offset to go on from
     * exactly, or `screen` for a snapshot and what follows.
     */
    terminal: bytes({
      key: z.strictObject({
        terminal: uuidSchema,
        from: z.union([z.literal('screen'), z.int().nonnegative()]),
        lease: z.boolean(),
      }),
      problems: ['terminal-unknown', 'runtime-unreachable'],
    }),
  },
});
export type AtheneContract = typeof contract;
