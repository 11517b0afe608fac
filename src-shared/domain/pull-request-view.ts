// What clients see of a pull request: what is known of it, and since when that could not be had anew.
import { z } from 'zod';
import { projectIdSchema } from './identifier.ts';
import { pullRequestFactsSchema } from './pull-request-facts.ts';

export const pullRequestViewSchema = z.strictObject({
  project: projectIdSchema,
  number: z.int().positive(),
  /** Null: nothing was ever read of it. */
  facts: pullRequestFactsSchema.nullable(),
  /** Null: what is shown was had at the last look. */
  stale: pullRequestFactsSchema.shape.stale,
});
export type PullRequestView = z.infer<typeof pullRequestViewSchema>;

export const pullRequestKey = ({ project, number }: Pick<PullRequestView, 'project' | 'number'>): string =>
  `${project}#${number}`;
