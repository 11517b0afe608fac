// Where everything of a home lies. Ids are checked again here, so that no path leaves its directory whatever a caller forgot.
import { createHash } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { metaProject } from '#shared/domain/coordinator.ts';
import { projectIdSchema, sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { faultPoint } from '../lib/fault-points.ts';
import { ensureDirectory, linkNew, probePath, realPathIfThere } from '../lib/files.ts';

export interface HomePaths {
  /** Absolute, links resolved: the identity of the home. */
  readonly home: string;
  readonly config: string;
  readonly database: string;
  readonly run: string;
  readonly spool: string;
  readonly sessions: string;
  readonly transcripts: string;
  readonly worktrees: string;
  readonly runtime: string;
  /** Programs that stand first on the PATH of agents, a directory for each set of them. */
  readonly wrappers: string;
  /** Where the person installs packages of plug-ins. */
  readonly plugins: string;
  readonly logs: string;
  /** Parent of sandbox projects. */
  readonly sandbox: string;
  /** Touched after every commit, watched by every process. */
  readonly doorbell: string;
  /** Socket path, or the pipe's name on Windows. */
  socketFor(name: string, major: number): string;
  lockFor(name: string): string;
  logFor(name: string): string;
  sessionDirectory(session: string): string;
  transcriptDirectory(terminal: string): string;
  worktreeFor(project: string, session: string): string;
  /** Beside the worktrees, where no project can be called so. */
  scratchFor(session: string): string;
}

/** Pure but for resolving links; creates nothing. `ATHENE_HOME`, else `~/.athene`. */
export function homePaths(env: NodeJS.ProcessEnv): HomePaths {
  const home = identityOfHome(resolve(env['ATHENE_HOME'] || join(env['HOME'] || homedir(), '.athene')));
  const run = join(home, 'run');
  const [sessions, transcripts] = [join(home, 'sessions'), join(home, 'transcripts')];
  const [worktrees, logs] = [join(home, 'worktrees'), join(home, 'logs')];
  return {
    home,
    config: join(home, 'config.yaml'),
    database: join(home, 'athene.db'),
    run,
    spool: join(home, 'spool'),
    sessions,
    transcripts,
    worktrees,
    runtime: join(home, 'runtime'),
    wrappers: join(home, 'wrappers'),
    plugins: join(home, 'plugins'),
    logs,
    sandbox: join(home, 'sandbox'),
    doorbell: join(run, 'doorbell'),
    socketFor: (name, major) => socketPath({ home, run }, `${plainName(name)}-${plainMajor(major)}`),
    lockFor: (name) => join(run, `${plainName(name)}.lock`),
    logFor: (name) => join(logs, `${plainName(name)}.log`),
    sessionDirectory: (session) => join(sessions, segment(sessionIdSchema.parse(session))),
    transcriptDirectory: (terminal) => join(transcripts, uuidSchema.parse(terminal)),
    worktreeFor: (project, session) =>
      join(worktrees, segment(projectIdSchema.parse(project)), segment(sessionIdSchema.parse(session))),
    scratchFor: (session) => join(worktrees, metaProject, segment(sessionIdSchema.parse(session))),
  };
}

export type HomeProblem = Problem<'home-refused'>;

/** Creates the home's directories, closed to others. Refuses file systems whose locks can't be trusted, before anything is made. */
export function openHome(env: NodeJS.ProcessEnv): Result<HomePaths, HomeProblem> {
  try {
    const paths = homePaths(env);
    const foreign = foreignFileSystem(nearestThere(paths.home));
    if (foreign !== null) return fail(refusal(`${paths.home} is on a network or FUSE file system (${foreign})`));
    const { home, run, spool, sessions, transcripts, worktrees, runtime, logs } = paths;
    for (const path of [home, run, spool, sessions, transcripts, worktrees, runtime, logs]) ensureDirectory(path);
    if (process.platform !== 'win32') ensureDirectory(dirname(paths.socketFor('pty-host', 1)));
    takeOverConfig(env, paths);
    return ok(paths);
  } catch (error) {
    return fail({ ...refusal("Athene's home can't be used"), details: String(error) });
  }
}

/**
 * A config.yaml where XDG would have it becomes that of the default home, by a link: every process of the home then sees the same,
 * whatever its environment says.
 */
function takeOverConfig(env: NodeJS.ProcessEnv, { config }: HomePaths): void {
  if (process.platform === 'win32' || env['ATHENE_HOME'] || probePath(config).kind !== 'absent') return;
  const xdg = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  const found = join(xdg, 'athene', 'config.yaml');
  if (isAbsolute(found) && probePath(found).kind === 'file') linkOnce(found, config);
}

function linkOnce(target: string, path: string): void {
  try {
    linkNew(target, path);
  } catch (error) {
    // Another process was first.
    if (probePath(path).kind === 'absent') throw error;
  }
}

const refusal = (what: string): HomeProblem => ({
  code: 'home-refused',
  what,
  kept: 'Nothing was written.',
  todo: 'Set ATHENE_HOME to a directory of yours on a local disk.',
});

/** The home need not exist yet: links above it are resolved, the rest is taken as written. */
function identityOfHome(path: string): string {
  const real = realPathIfThere(path);
  if (real !== null) return real;
  return dirname(path) === path ? path : join(identityOfHome(dirname(path)), basename(path));
}

const nearestThere = (path: string): string =>
  realPathIfThere(path) !== null || dirname(path) === path ? path : nearestThere(dirname(path));

/** Bytes. A socket's address holds 108 on Linux, 104 on macOS, with its end mark. */
const socketPathLimit = 100;

/** Not `TMPDIR`, which differs between a desktop and a terminal: both must find the same socket. */
const temporaryFolder = '/tmp';

function socketPath({ home, run }: Pick<HomePaths, 'home' | 'run'>, name: string): string {
  const near = join(run, `${name}.sock`);
  if (process.platform !== 'win32' && Buffer.byteLength(near) <= socketPathLimit) return near;
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 12);
  if (process.platform === 'win32') return `\\\\.\\pipe\\athene-${hash}-${name}`;
  return join(temporaryFolder, `athene-${process.getuid?.()}-${hash}`, `${name}.sock`);
}

function plainName(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw new Error(`Not a name for a file in run/: ${JSON.stringify(name)}`);
  return name;
}

function plainMajor(major: number): number {
  if (!Number.isSafeInteger(major) || major < 0) throw new Error(`Not a protocol version: ${major}`);
  return major;
}

/** Windows opens a device, not a directory, by these names. */
function segment(id: string): string {
  if (/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(id)) throw new Error(`${id} is a name that Windows reserves`);
  return id;
}

/** statfs(2) `f_type` of Linux whose locks or whose rename are not those of a local disk. */
const foreignTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'kAFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd3, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x786f4256, 'VirtualBox shared folder'],
]);

/** Name of the file system if it is one of the refused; null on other systems, where the numbers mean something else. */
function foreignFileSystem(path: string): string | null {
  if (process.platform !== 'linux') return null;
  faultPoint('fs', 'statfs');
  return foreignTypes.get(statfsSync(path).type >>> 0) ?? null;
}
