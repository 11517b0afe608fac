// Starts the pty host: detached, with nothing of the starter's but who and where the person is.
import { plainEnvironment } from '#main/lib/background-process.ts';
import { entryPath } from '#main/lib/entries.ts';
import { startDetached } from '#main/lib/exec.ts';
import { ensureDirectory } from '#main/lib/files.ts';
import { leaveShippedPlace } from '#main/lib/install-programs.ts';
import { resolveNode } from '#main/lib/resolve-node.ts';
import { protocolMajor } from '#main/pty-host/protocol.ts';
import type { HomePaths } from '#main/storage/paths.ts';
import { fail, type Result } from '#shared/lib/result.ts';
import { dirname } from 'node:path';

export interface PtyHostPlace {
  readonly paths: HomePaths;
  /** Version of Athene, for the greeting. */
  readonly build: string;
  /** Milliseconds without terminal and client until the host ends; a minute when not given. */
  readonly idle?: number | undefined;
}

export const ptyHostEntry = (): string => entryPath('pty-host');

/** Concurrent starts are harmless: one of the processes gets the lock, the others end. The failure is the reason in words. */
export async function startPtyHost({
  paths,
  build,
  idle,
}: PtyHostPlace): Promise<Result<{ readonly pid: number }, string>> {
  const socket = paths.socketFor('pty-host', protocolMajor);
  for (const directory of [paths.home, paths.run, paths.transcripts, paths.logs]) ensureDirectory(directory);
  if (process.platform !== 'win32') ensureDirectory(dirname(socket));
  const settled = await leaveShippedPlace({ into: paths.runtime, lock: paths.lockFor('runtime') });
  if (!settled.ok) return fail(settled.problem.what);
  const options = {
    home: paths.home,
    socket,
    lock: paths.lockFor(`pty-host-${protocolMajor}`),
    transcripts: paths.transcripts,
    'mirror-log': paths.logFor('mirror'),
    build,
    ...(idle === undefined ? {} : { idle: String(idle) }),
  };
  return startDetached({
    file: resolveNode().path,
    args: [ptyHostEntry(), ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
    cwd: paths.home,
    env: plainEnvironment(process.env),
    logFile: paths.logFor('pty-host'),
  });
}
