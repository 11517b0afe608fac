import { homedir } from 'node:os';
import type { SystemView } from '#shared/domain/system.ts';
import type { HostParts } from './host.ts';

/** As people write it: `~/.athene`. */
const withTilde = (path: string, person: string): string =>
  path.startsWith(`${person}/`) ? `~${path.slice(person.length)}` : path;

/** What the host says of itself, right now. */
export const systemView = ({
  sessions,
  configuration,
  watch,
  recovery,
  storage,
  version,
  startedAt,
}: HostParts): SystemView => ({
  version,
  home: withTilde(sessions.paths.home, homedir()),
  platform: process.platform,
  pid: process.pid,
  startedAt,
  terminals: { ...watch.reach },
  recovery: recovery.note,
  troubles: [...(storage === null ? [] : [storage.problem.what]), ...configuration.troubles()],
});
