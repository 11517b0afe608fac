// Members of the contract about what is handed to agents so that they tell, and do not ask where the person has agreed already.
import { z } from 'zod';
import { hooksViewSchema } from '#shared/domain/hooks-view.ts';
import { projectIdSchema } from '#shared/domain/identifier.ts';
import { projectViewSchema } from '#shared/domain/project.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const nothing = z.strictObject({});

export const hookCalls = {
  /** May agents trust the worktrees of the project? From off on, what was entered into agents' own files is taken out again. */
  'project.trust': call({
    input: z.strictObject({ id: projectIdSchema, trust: z.boolean() }),
    output: projectViewSchema,
    problems: ['project-unknown', 'configuration-broken', ...storage],
  }),
  'hooks.status': call({ input: nothing, output: hooksViewSchema, problems: ['configuration-broken'] }),
  /** Agents that are started from now on tell what happens in them. */
  'hooks.install': call({
    input: nothing,
    output: hooksViewSchema,
    problems: ['configuration-broken', 'wrappers-failed'],
  }),
  /** For good: no wrappers, no hooks, no entries of Athene in agents' own files, until they are installed again. */
  'hooks.remove': call({
    input: nothing,
    output: hooksViewSchema,
    problems: ['configuration-broken', 'wrappers-failed', ...storage],
  }),
};
