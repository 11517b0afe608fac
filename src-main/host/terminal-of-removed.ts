import type { SessionDependencies } from '../sessions/dependencies.ts';
import { listKeptTranscripts } from '../storage/kept-transcripts.ts';

/** What a session printed outlives it for a while: its last agent terminal; null when it was not removed, or too long ago. */
export const terminalOfRemoved = ({ store }: Pick<SessionDependencies, 'store'>, id: string): string | null =>
  store
    .read((tx) => listKeptTranscripts(tx, id))
    .filter(({ role }) => role === 'agent')
    .at(-1)?.terminal ?? null;
