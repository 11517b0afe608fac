// What a session lacks while no app and no server of this home runs: commands look only while they run.
import type { Host } from '../host/host.ts';
import { isLocked } from '../lib/kernel-lock.ts';

/** Empty when somebody follows it, or when nobody can tell. */
export const unfollowedLines = ({ sessions }: Pick<Host, 'sessions'>): string =>
  isLocked(sessions.paths.lockFor('supervisor')) === 'no'
    ? 'No app or server of Athene runs: until one does, nobody looks at its checks, reviews and questions. Start one: athene serve\n'
    : '';
