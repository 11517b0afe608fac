// Members of the contract about what is configured of a project.
import { z } from 'zod';
import { projectIdSchema } from '#shared/domain/identifier.ts';
import { projectViewSchema, savedRepliesSchema } from '#shared/domain/project.ts';
import { maximalAgentsSchema } from '#shared/domain/settings.ts';
import { projectWorkSchema } from '#shared/domain/set-up.ts';
import { call } from '#shared/rpc/define-contract.ts';

export const projectCalls = {
  /** Files, set-up, tear-down and run command of its worktrees; written into config.yaml. */
  'project.configure': call({
    input: z.strictObject({ id: projectIdSchema, work: projectWorkSchema }),
    output: projectViewSchema,
    problems: ['project-unknown', 'configuration-broken'],
  }),
  /** How many of its agents may run at once; null: as many as the limit of all lets. Written into config.yaml. */
  'project.limit': call({
    input: z.strictObject({ id: projectIdSchema, maximalAgents: maximalAgentsSchema.nullable() }),
    output: projectViewSchema,
    problems: ['project-unknown', 'configuration-broken'],
  }),
  /** What a person can choose behind a slash when they answer or write. Written into config.yaml. */
  'project.saveReplies': call({
    input: z.strictObject({ id: projectIdSchema, replies: savedRepliesSchema }),
    output: projectViewSchema,
    problems: ['project-unknown', 'configuration-broken'],
  }),
  /** What the repository's own file asks for counts from now on, if it still is what was shown; null takes that back. */
  'project.acceptFile': call({
    input: z.strictObject({ id: projectIdSchema, hash: z.string().max(100).nullable() }),
    output: projectViewSchema,
    problems: ['project-unknown', 'file-changed', 'configuration-broken'],
  }),
};
