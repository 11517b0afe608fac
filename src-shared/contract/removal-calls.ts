// Members of the contract about removing what is over, and getting back what was put aside.
import { z } from 'zod';
import { projectIdSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { removalPreviewSchema } from '#shared/domain/removal.ts';
import { rescueSchema } from '#shared/domain/rescue.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const rescueKey = z.strictObject({ project: projectIdSchema, ref: z.string().max(300) });

export const removalCalls = {
  /** What a removal of an ended session would do, as far as can be told before. Changes nothing. */
  'session.removalPreview': call({
    input: z.strictObject({ id: sessionIdSchema }),
    output: removalPreviewSchema,
    problems: ['session-unknown', 'cannot-tell', ...storage],
  }),
  /** Ends and removes what is over: pull request closed unmerged, issue completed, or agent gone. Never a coordinator. */
  'session.cleanup': call({
    input: z.strictObject({ project: projectIdSchema.nullable(), dryRun: z.boolean() }),
    output: z.strictObject({
      /** Ids of sessions are unique over all projects. */
      killed: z.array(z.string()),
      skipped: z.array(z.string()),
      errors: z.array(z.strictObject({ session: z.string(), error: z.string() })),
      /** Refs under which unsaved work was put aside. */
      rescued: z.array(z.string()),
    }),
    problems: ['project-unknown', ...storage],
  }),
  /** Snapshots of work that a removal would have lost, newest first. */
  'rescue.list': call({
    input: z.strictObject({ project: projectIdSchema.nullable(), session: sessionIdSchema.nullable() }),
    output: z.array(rescueSchema),
    problems: ['project-unknown', 'cannot-tell'],
  }),
  /** What a snapshot holds: one line per changed file, and one per commit that no branch held. */
  'rescue.show': call({
    input: rescueKey,
    output: z.strictObject({
      rescue: rescueSchema,
      files: z.array(z.string()),
      commits: z.array(z.string()),
      patch: z.string(),
    }),
    problems: ['project-unknown', 'rescue-unknown', 'cannot-tell'],
  }),
  /** Makes a worktree, on a new branch, in which the snapshot's files are as they were; the snapshot stays. */
  'rescue.restore': call({
    input: rescueKey.extend({ path: z.string().min(1).max(4096) }),
    output: z.strictObject({ path: z.string(), branch: z.string() }),
    problems: ['project-unknown', 'rescue-unknown', 'path-taken', 'workspace-failed', 'cannot-tell'],
  }),
  /** Forgets snapshots that are older than so many days. */
  'rescue.prune': call({
    input: z.strictObject({ days: z.int().nonnegative(), dryRun: z.boolean() }),
    output: z.strictObject({ pruned: z.array(rescueSchema), kept: z.int() }),
    problems: ['cannot-tell'],
  }),
};
