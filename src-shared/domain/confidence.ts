// How far a state can be trusted.
import { z } from 'zod';

/** `sure`: told by the agent or seen twice. `likely`: told by one source that may be late. `guessed`: concluded from a screen or from silence. */
export const confidenceSchema = z.enum(['sure', 'likely', 'guessed', 'unknown']);
export type Confidence = z.infer<typeof confidenceSchema>;
