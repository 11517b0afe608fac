// Everything that a check of the home compares, read once: rows, directories, what git, the runtime and the process table tell.
import { basename, join } from 'node:path';
import type { SessionRecord } from '#shared/domain/session.ts';
import type { TerminalProbe } from '#shared/domain/terminal-status.ts';
import { listDirectory } from '../lib/files.ts';
import type { Git } from '../lib/git.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import { gatherRecoveryFacts, type RecoveryDependencies, type RecoveryFacts } from '../recovery/facts.ts';
import { planRecovery, type RecoveryStep } from '../recovery/plan.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { isSoleWork } from '../sessions/sole-work.ts';
import { spoolFacts, type SpoolFacts } from '../spool/spool-facts.ts';
import { listClaims, type Claim } from '../storage/claims.ts';
import { listBelongings, type Belongings } from '../storage/belongings.ts';
import { listCounters, type Counter } from '../storage/counters.ts';
import { listKeptTranscripts } from '../storage/kept-transcripts.ts';
import { listPending, type Delivery } from '../storage/outbox.ts';
import { listRequests, type RequestRow } from '../storage/requests.ts';
import { listSessions, type DamagedSession } from '../storage/sessions.ts';
import { listTrusts, type TrustEntry } from '../storage/trusts.ts';
import { listTerminals, type TerminalRow } from '../storage/terminals.ts';
import { readLine, type LineRow } from '../storage/waiting-line.ts';
import { leftOf, passingFiles } from './run-files.ts';
import { listTokens } from '../storage/tokens.ts';

export interface CareDependencies {
  readonly sessions: SessionDependencies;
  readonly configuration: Pick<ProjectConfiguration, 'projects' | 'find' | 'troubles' | 'wholeConfig'>;
  readonly git: Git;
  /** As a recovery has it: what ends programs must not end whoever asked for it. */
  readonly ownTerminal: RecoveryDependencies['ownTerminal'];
}

export interface RepositoryFacts {
  readonly project: string;
  readonly path: string;
  /** Null: git could not be asked. */
  readonly branches: ReadonlySet<string> | null;
  /** Registered worktrees below Athene's home; null: git could not be asked. */
  readonly worktrees: readonly string[] | null;
  /** Rescue refs whose commit can't be read; null: git could not be asked. */
  readonly brokenRescues: readonly string[] | null;
}

export interface Facts {
  readonly sessions: readonly SessionRecord[];
  readonly damaged: readonly DamagedSession[];
  readonly claims: readonly Claim[];
  readonly terminals: readonly TerminalRow[];
  readonly probes: ReadonlyMap<string, TerminalProbe>;
  readonly running: readonly RequestRow[];
  readonly deliveries: readonly Delivery[];
  /** Sessions whose agent has a token. */
  readonly tokens: readonly string[];
  readonly processes: RecoveryFacts['processes'];
  readonly counters: readonly Counter[];
  /** Sessions for which there are rows of that table. */
  readonly belongings: readonly Belongings[];
  /** What a recovery would do or can't tell; empty when all is as it should be. */
  readonly recovery: readonly RecoveryStep[];
  readonly repositories: readonly RepositoryFacts[];
  /** `project/session` below the worktrees. */
  readonly worktrees: readonly string[];
  readonly sessionDirectories: readonly string[];
  readonly transcripts: readonly string[];
  readonly spool: SpoolFacts;
  readonly trusts: readonly TrustEntry[];
  readonly extensions: ReturnType<SessionDependencies['hooks']['extensions']>;
  readonly line: readonly LineRow[];
  /** Ids of those that config.yaml names; troubled: it may name more, and something in it can't be read. */
  readonly projects: { readonly known: ReadonlySet<string>; readonly troubled: boolean };
  /** Those of terminals whose sessions were removed. */
  readonly keptTranscripts: ReadonlySet<string>;
  /** Files below `run/` that only a process which died in the middle can have left. */
  readonly runFiles: readonly string[];
}

export async function gatherFacts({ sessions, configuration, git, ownTerminal }: CareDependencies): Promise<Facts> {
  const { store, paths, runtime } = sessions;
  const recovery = await gatherRecoveryFacts({ sessions, configuration, ownTerminal });
  // Directories first: what is made meanwhile has its row already when the rows are read.
  const worktrees = listDirectory(paths.worktrees).flatMap((project) =>
    listDirectory(join(paths.worktrees, project)).map((session) => `${project}/${session}`),
  );
  const [sessionDirectories, transcripts] = [listDirectory(paths.sessions), listDirectory(paths.transcripts)];
  const spool = spoolFacts(paths, sessions.now());
  const passing = passingFiles(paths, sessions.now());
  const rows = store.read((tx) => ({
    list: listSessions(tx),
    claims: listClaims(tx),
    terminals: listTerminals(tx),
    keptTranscripts: new Set(listKeptTranscripts(tx).map(({ terminal }) => terminal)),
    running: listRequests(tx, 'running').filter((row) => !isSoleWork(row)),
    deliveries: listPending(tx),
    trusts: listTrusts(tx),
    tokens: listTokens(tx),
    counters: listCounters(tx),
    belongings: listBelongings(tx),
    line: readLine(tx),
  }));
  const probes = new Map<string, TerminalProbe>();
  const open = rows.terminals.filter(({ state }) => state !== 'exited');
  // At once: one that does not answer takes its time.
  await Promise.all(open.map(async ({ id }) => probes.set(id, await runtime.probe(id))));
  const repositories: RepositoryFacts[] = [];
  for (const { id, path, state } of configuration.projects()) {
    if (state === 'ready') repositories.push(await repositoryFacts(git, { project: id, path, home: paths.worktrees }));
  }
  const { list, claims, terminals, keptTranscripts, running, deliveries, tokens, trusts } = rows;
  return {
    ...{ sessions: list.sessions.map(({ record }) => record), damaged: list.damaged },
    ...{ claims, terminals, probes, running, deliveries, tokens, processes: recovery.processes, repositories },
    ...{ counters: rows.counters, belongings: rows.belongings },
    recovery: planRecovery(recovery, asAsked).steps,
    ...{ worktrees, sessionDirectories, transcripts, keptTranscripts, spool, trusts },
    runFiles: leftOf(passing, terminals),
    extensions: sessions.hooks.extensions(),
    line: rows.line,
    projects: {
      known: new Set(configuration.projects().map(({ id }) => id)),
      troubled: configuration.troubles().length > 0,
    },
  };
}

/** As a person asks for a recovery. */
const asAsked = { project: null, asked: true, endMany: false, seenBefore: new Set<string>() };

async function repositoryFacts(
  git: Git,
  { project, path, home }: { readonly project: string; readonly path: string; readonly home: string },
): Promise<RepositoryFacts> {
  const [branches, worktrees, rescues] = await Promise.all([
    git.run(path, ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads/']),
    git.run(path, ['worktree', 'list', '--porcelain']),
    git.run(path, ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/athene/rescue/']),
  ]);
  return {
    project,
    path,
    branches: branches.ok ? new Set(branches.value.split('\n')) : null,
    worktrees: worktrees.ok
      ? [...worktrees.value.matchAll(/^worktree (.+)$/gm)]
          .map(([, place = '']) => place)
          .filter((place) => place.startsWith(`${home}/`) && place.split('/').length === home.split('/').length + 2)
      : null,
    brokenRescues: rescues.ok ? await broken(git, path, rescues.value) : null,
  };
}

async function broken(git: Git, path: string, listed: string): Promise<readonly string[] | null> {
  const refs = listed.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ') as [string, string]]));
  if (refs.length === 0) return [];
  const input = refs.map(([, commit]) => `${commit}^{tree}\n`).join('');
  const told = await git.run(path, ['cat-file', '--batch-check=%(objecttype)'], { input });
  if (!told.ok) return null;
  const types = told.value.split('\n');
  return refs.flatMap(([ref], index) => (types[index] === 'tree' ? [] : [ref]));
}

/** Session of a worktree's place. */
export const sessionOfPlace = (place: string): string => basename(place);
