import type { SystemView } from '#shared/domain/system.ts';
import type { HostParts } from './host.ts';

/** What the host says of itself, right now. */
export const systemView = ({ sessions, configuration, watch, storage, version, startedAt }: HostParts): SystemView => ({
  version,
  home: sessions.paths.home,
  platform: process.platform,
  pid: process.pid,
  startedAt,
  terminals: { ...watch.reach },
  troubles: [...(storage === null ? [] : [storage.problem.what]), ...configuration.troubles()],
});
