// Who answers for a session: the project it belongs to, or a meta orchestrator.
import { z } from 'zod';

export const ownerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('project') }),
  z.strictObject({ kind: z.literal('meta'), name: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) }),
]);
export type Owner = z.infer<typeof ownerSchema>;
