import type { Host } from '../host/host.ts';
import { runningServer, viewOf } from './running-server.ts';
import { jsonLine } from './table.ts';
import { unfollowedLines } from './unfollowed.ts';

const words = {
  found: 'is ready: it runs already',
  restored: 'is ready: it was started again',
  started: 'is ready',
} as const;

/** The last line is for programs, as after a spawn. */
export function printStarted(
  host: Host,
  { session, how }: { readonly session: string; readonly how: keyof typeof words },
  json: boolean,
): number {
  const server = runningServer(host);
  const url = server === null ? null : viewOf(server, session);
  if (json) process.stdout.write(jsonLine({ session, how, url }));
  else {
    const where = url === null ? `See it: athene session attach ${session}` : `See it: ${url}`;
    process.stdout.write(`${session} ${words[how]}.\n${where}\n${unfollowedLines(host)}SESSION=${session}\n`);
  }
  return 0;
}
