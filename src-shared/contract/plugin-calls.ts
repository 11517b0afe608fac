// Members of the contract about code of others that the person lets into Athene.
import { z } from 'zod';
import { pluginViewSchema } from '#shared/domain/plugin.ts';
import { call } from '#shared/rpc/define-contract.ts';

const idSchema = z.string().min(1).max(4000);

export const pluginCalls = {
  /** Looks anew; loads nothing. */
  'plugin.list': call({ input: z.strictObject({}), output: z.array(pluginViewSchema), problems: [] }),
  /** Writes it into config.yaml. Nothing of it is loaded before it is trusted. */
  'plugin.add': call({
    input: z.union([z.strictObject({ path: idSchema }), z.strictObject({ package: idSchema })]),
    output: pluginViewSchema,
    problems: ['plugin-refused', 'configuration-broken'],
  }),
  /** Takes it out of config.yaml; its files stay. */
  'plugin.remove': call({
    input: z.strictObject({ id: idSchema }),
    output: z.null(),
    problems: ['plugin-unknown', 'configuration-broken'],
  }),
  /** The person agrees that exactly this runs with their rights. It is loaded once, so that it can say what it is. */
  'plugin.trust': call({
    /** `hash`: of what was looked at; null: whatever is there now. */
    input: z.strictObject({ id: idSchema, hash: z.string().max(100).nullable() }),
    output: pluginViewSchema,
    problems: ['plugin-unknown', 'plugin-refused', 'configuration-broken'],
  }),
};
