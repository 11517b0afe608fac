// A session of which nobody wants to hear: for a while, or until it is unmuted.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';

/** `until` null: for good. */
export const muteSchema = z.strictObject({ until: timestampSchema.nullable() });
export type Mute = z.infer<typeof muteSchema>;

/** @param now milliseconds since the epoch */
export const isMuted = (mute: Mute | null, now: number): boolean =>
  mute !== null && (mute.until === null || now < mute.until);
