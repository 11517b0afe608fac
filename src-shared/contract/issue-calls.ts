// Members of the contract about issues of a project's tracker.
import { z } from 'zod';
import { issueFactsSchema } from '#shared/domain/issue-facts.ts';
import { lineSchema, projectIdSchema, sessionIdSchema } from '#shared/domain/identifier.ts';
import { listedIssueSchema } from '#shared/domain/listed-issue.ts';
import { call } from '#shared/rpc/define-contract.ts';

const problems = ['project-unknown', 'tracker-missing', 'tracker-unreachable', 'issue-unknown'] as const;
const one = z.strictObject({ project: projectIdSchema, issue: lineSchema(500) });

export const issueCalls = {
  /** Newest first, with who works on each. */
  'issue.list': call({
    input: z.strictObject({
      project: projectIdSchema,
      query: lineSchema(200).default(''),
      state: z.enum(['open', 'closed', 'all']).default('open'),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: z.strictObject({ tracker: z.string(), issues: z.array(listedIssueSchema) }),
    problems,
  }),
  'issue.show': call({
    input: one,
    output: z.strictObject({
      id: z.string(),
      facts: issueFactsSchema,
      url: z.string().nullable(),
      /** Who works on it. */
      session: sessionIdSchema.nullable(),
    }),
    problems,
  }),
  'issue.create': call({
    input: z.strictObject({
      project: projectIdSchema,
      title: lineSchema(250).min(1),
      body: z.string().max(20_000),
    }),
    output: z.strictObject({ id: z.string() }),
    problems,
  }),
  /** Closes it, or opens it again. */
  'issue.setState': call({
    input: one.extend({ state: z.enum(['open', 'closed']) }),
    output: z.null(),
    problems,
  }),
};
