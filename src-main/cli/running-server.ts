// The server of this home that runs, if one does: `athene serve` tells of itself in a private file.
import { join } from 'node:path';
import type { Host } from '../host/host.ts';
import { get } from '../lib/http.ts';
import { listDirectory, readTextIfThere } from '../lib/files.ts';
import { identityOf } from '../lib/process-identity.ts';

interface RunningServer {
  readonly url: string;
  readonly token: string;
}

/** The newest when there are several; null when there is none. */
export function runningServer({ sessions }: Pick<Host, 'sessions'>): RunningServer | null {
  const { run } = sessions.paths;
  const files = listDirectory(run).filter((name) => /^server-\d+\.json$/.test(name));
  return files.flatMap((name) => readServer(join(run, name)) ?? []).at(-1) ?? null;
}

/** Null: it has ended and could not clear up, or is just ending. */
function readServer(file: string): RunningServer | null {
  const text = readTextIfThere(file);
  if (text === null) return null;
  const { url, token, pid } = JSON.parse(text) as Partial<RunningServer> & { readonly pid?: number };
  if (url === undefined || token === undefined || pid === undefined || identityOf(pid) === null) return null;
  return { url, token };
}

/** For a browser that has been let in already. */
export const viewOf = ({ url }: RunningServer, session: string | null): string =>
  session === null ? url : `${url}#/session/${encodeURIComponent(session)}`;

/** For any browser of this machine, once, within a minute. Null: the server does not answer. */
export async function ticketFor({ url, token }: RunningServer, session: string | null): Promise<string | null> {
  const answer = await get({
    url: new URL('ticket', url),
    headers: { authorization: `Bearer ${token}` },
    ...{ timeoutMs: 5000, maxBytes: 10_000 },
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return null;
  const { url: ticket } = JSON.parse(answer.text) as { readonly url?: unknown };
  if (typeof ticket !== 'string') return null;
  // What stands behind # stays in the browser, through the redirection as well.
  return session === null ? ticket : `${ticket}#/session/${encodeURIComponent(session)}`;
}
