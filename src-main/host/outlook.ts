// What a home shows to whoever only looks: no call of the contract, and nothing that makes, ends or changes a session by anybody's wish.
import type { ProjectView } from '#shared/domain/project.ts';
import type { PullRequestView } from '#shared/domain/pull-request-view.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { listSpawnViews } from '../sessions/spawn/spawn-view.ts';
import { ingestSpool } from '../spool/ingest-spool.ts';
import { listPullRequests } from '../storage/pull-requests.ts';
import { listReports, type Report } from '../storage/reports.ts';
import type { OpenedStore } from '../storage/store.ts';
import type { ReadingParts } from './reading-parts.ts';
import { listSessionViews } from './session-views.ts';

export interface StorageTrouble {
  readonly problem: Problem;
  readonly empty: boolean;
}

export interface Outlook {
  /** Absolute path. */
  readonly home: string;
  /** Why the database is not in full use; null when it is. `empty`: what it lists says nothing about what there is. */
  readonly storage: StorageTrouble | null;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Settings that can't be read pause nothing. */
  spawnsPaused(): boolean;
  /** Reports what somebody, here or in another process, has written. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Takes in what hooks and wrappers wrote down, where the database may be written. */
  ingestSpool(): Promise<void>;
  /** Asks each runtime once, for all terminals. Never ends a session on doubt. */
  refresh(): Promise<void>;
  projects(): readonly ProjectView[];
  /** By id, of those that have a name beside it. */
  projectNames(): ReadonlyMap<string, string>;
  /** Every session, damaged records too; oldest first. */
  listSessions(): readonly SessionView[];
  /** What a session has reported of itself, the newest first, refused ones too. */
  listReports(session: string, limit: number): readonly Report[];
  /** What was last read of pull requests. */
  listPullRequests(): readonly PullRequestView[];
  /** Spawns that run, wait or have failed. */
  listSpawns(): readonly SpawnView[];
}

export const storageTrouble = ({ access, problem }: OpenedStore): StorageTrouble | null =>
  problem === null ? null : { problem, empty: access === 'safe-mode' };

export function outlookOf(parts: ReadingParts, opened: OpenedStore): Outlook {
  const { store, paths, reader, watch, known, now, spool } = parts;
  return {
    home: paths.home,
    storage: storageTrouble(opened),
    now,
    spawnsPaused: () => reader.spawnsPaused(),
    onChange: (listener) => store.onChange(listener),
    async ingestSpool() {
      if (opened.access === 'full') await ingestSpool(spool);
    },
    refresh: () => watch.refresh(),
    projects: () => reader.projects(),
    projectNames: () => reader.projectNames(),
    listSessions: () =>
      store.read((tx) => listSessionViews({ sessions: { now }, watch, known, configuration: reader }, tx)),
    listReports: (session, limit) => store.read((tx) => listReports(tx, session, limit)),
    listPullRequests: () => store.read(listPullRequests),
    listSpawns: () => store.read(listSpawnViews),
  };
}
