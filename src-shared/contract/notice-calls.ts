// Members of the contract about notices: what was told, to whom it goes, and how it is put to rest.
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { muteSchema } from '#shared/domain/mute.ts';
import { notifierNameSchema, notifierSettingsSchema } from '#shared/domain/notifier.ts';
import { prioritySchema } from '#shared/domain/priority.ts';
import { call } from '#shared/rpc/define-contract.ts';

const storage = ['storage-busy', 'storage-newer'] as const;
const some = z.array(uuidSchema).max(1000);

export const noticeCalls = {
  'notice.read': call({ input: z.strictObject({ ids: some, on: z.boolean() }), output: z.null(), problems: storage }),
  /** Takes them out of sight; `on: false` brings them back. */
  'notice.clear': call({ input: z.strictObject({ ids: some, on: z.boolean() }), output: z.null(), problems: storage }),
  /** Nobody is notified of the session; null: they are again. */
  'session.mute': call({
    input: z.strictObject({ id: sessionIdSchema, mute: muteSchema.nullable() }),
    output: z.null(),
    problems: ['session-unknown', ...storage],
  }),
  /** What there is, without secrets. */
  'notifier.list': call({ input: z.strictObject({}), output: notifierSettingsSchema, problems: [] }),
  /** Tells a sample, once. `told` false: it is the desktop, whose windows tell it themselves. */
  'notifier.test': call({
    input: z.strictObject({ name: notifierNameSchema }),
    output: z.strictObject({ told: z.boolean() }),
    problems: ['notifier-unknown', 'notifier-failed'],
  }),
  'notifier.route': call({
    input: z.strictObject({ priority: prioritySchema, notifiers: z.array(notifierNameSchema).max(20) }),
    output: z.null(),
    problems: ['notifier-unknown', 'configuration-broken'],
  }),
};
