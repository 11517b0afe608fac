// The door to git: one absolute binary, a clean environment, nothing of a repository's configuration that runs programs at a look.
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { withoutOurs } from './child-environment.ts';
import { run, type RunOutcome } from './exec.ts';
import { faultPoint } from './fault-points.ts';
import { cleanPath, findProgram } from './find-program.ts';

export interface GitOptions {
  /** Milliseconds; 20 s when not given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly input?: string;
  /** Added to the clean environment: `GIT_INDEX_FILE` and its like. */
  readonly env?: Readonly<Record<string, string>>;
  /** Each line of progress. */
  readonly onLine?: (line: string) => void;
}

/** `refused`: git ran and said no, with an exit code. `not-run`: nobody can tell what it would have said. */
export interface GitFailure {
  readonly kind: 'refused' | 'not-run';
  readonly code: number | null;
  /** Command, exit and last lines, for the collapsed details of a problem. */
  readonly details: string;
  readonly stderr: string;
}

export interface Git {
  /** Absolute path of the program. */
  readonly path: string;
  /**
   * Runs `git -C cwd args`; the value is its standard output. Never rejects. Put `--end-of-options` or a full `refs/…` name where
   * outside text stands for a ref, `--` before paths.
   */
  run(cwd: string, args: readonly string[], options?: GitOptions): Promise<Result<string, GitFailure>>;
}

/** `home` is Athene's: whatever agents put below it is never taken for git. */
export function openGit(host: {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
}): Result<Git, Problem<'git-missing'>> {
  const search = cleanPath(host.env['PATH'] ?? '', [host.home]);
  const path = findProgram('git', search);
  if (path === null) return fail(missing(search));
  const env: Record<string, string> = { ...withoutOurs(host.env), PATH: search, ...quiet };
  return ok({ path, run: (cwd, args, options = {}) => runGit({ path, env, cwd, args, options }) });
}

const missing = (search: string): Problem<'git-missing'> => ({
  code: 'git-missing',
  what: 'git was not found on this machine.',
  todo: 'Install git, so that it is on the PATH of your login shell, and start Athene again.',
  details: `Looked in ${search}`,
});

/** No prompt, no translated texts, no lock that would make an agent's own command fail. */
export const quiet = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
  LC_ALL: 'C',
} as const;

/** Hooks and the monitor are programs that a repository names; the rest keeps output and side effects the same everywhere. */
export const safeSettings: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'core.fsync=all',
  'color.ui=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'log.showSignature=false',
  'advice.detachedHead=false',
  // An address of this kind is a command line.
  'protocol.ext.allow=never',
];
const settings = safeSettings.flatMap((setting) => ['-c', setting]);

/** What may fetch objects that a partial clone lacks; a look may not, for the configuration names a program that serves them. */
const mayFetch = new Set(['add', 'checkout', 'clone', 'fetch', 'read-tree', 'worktree', 'write-tree']);

/**
 * git dies of a worktree that another git is just making: a file of it is there and still empty. A moment later it is whole, so the
 * same question may be asked again.
 */
export const metHalfMade = ({ stderr }: GitFailure): boolean =>
  /failed to read .*worktrees\/[^/\n]+\/commondir/.test(stderr);

interface GitCall {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly options: GitOptions;
}

/** `worktree add` is not asked again here: it may have made half of its own, which its caller takes back first. */
async function runGit(call: GitCall): Promise<Result<string, GitFailure>> {
  for (let tries = 1; ; tries += 1) {
    const answer = await runOnce(call);
    const isAdd = call.args[0] === 'worktree' && call.args[1] === 'add';
    if (answer.ok || isAdd || tries === 8 || !metHalfMade(answer.problem)) return answer;
    await sleep(5 * tries);
  }
}

async function runOnce(call: GitCall): Promise<Result<string, GitFailure>> {
  const { path, cwd, args, options } = call;
  const name = args.slice(0, 2).join(' ');
  try {
    faultPoint('git', args[0] ?? '');
  } catch (error) {
    return fail({ kind: 'not-run', code: null, details: `git ${name}: ${String(error)}`, stderr: '' });
  }
  const outcome = await run({
    file: path,
    args: ['--no-pager', ...settings, ...args],
    cwd,
    env: { ...call.env, ...(mayFetch.has(args[0] ?? '') ? {} : { GIT_NO_LAZY_FETCH: '1' }), ...options.env },
    timeoutMs: options.timeoutMs ?? 20_000,
    signal: options.signal,
    input: options.input,
    maxBytes: 64 * 1024 * 1024,
    onErrorLine: options.onLine,
  });
  return outcome.kind === 'exited' && outcome.code === 0 ? ok(outcome.stdout) : fail(failureOf(name, outcome));
}

function failureOf(name: string, outcome: RunOutcome): GitFailure {
  const stderr = outcome.kind === 'could-not-start' ? '' : withoutCredentials(outcome.stderr);
  const how =
    outcome.kind === 'exited'
      ? `ended with ${outcome.signal ?? outcome.code}`
      : outcome.kind === 'could-not-start'
        ? `could not start: ${outcome.why}`
        : outcome.kind;
  const details = withoutCredentials(`git ${name} ${how}\n${stderr.slice(-8000)}`.trim());
  const answered = outcome.kind === 'exited' && outcome.code !== null;
  return { kind: answered ? 'refused' : 'not-run', code: answered ? outcome.code : null, details, stderr };
}

/** `https://name:token@host/` becomes `https://host/`; a password may hold an `@`. */
export const withoutCredentials = (text: string): string => text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi, '$1');
