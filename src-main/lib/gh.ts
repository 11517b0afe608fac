// The door to gh, GitHub's own command: the person's login, never a prompt, and failures that can be told apart.
import type { z } from 'zod';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { run, type RunOutcome } from './exec.ts';
import { faultPoint } from './fault-points.ts';
import { cleanPath, findProgram } from './find-program.ts';
import { quiet, safeSettings, withoutCredentials } from './git.ts';
import type { LoginEnvironment } from './login-environment.ts';

export interface GhOptions {
  /** Milliseconds; 15 s when not given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** A repository's work tree, for what gh does with git; Athene's home when not given. */
  readonly cwd?: string;
}

/**
 * `not-found`: GitHub answered, and there is none. `refused`: it answered something else than what was asked for. All others mean that
 * nobody can tell, and that asking again at once would be in vain.
 */
export type GhFailureKind =
  | 'not-found'
  | 'refused'
  | 'missing'
  | 'signed-out'
  | 'offline'
  | 'rate-limited'
  | 'garbled'
  | 'no-answer';

export interface GhFailure {
  readonly kind: GhFailureKind;
  /** One sentence for a person. */
  readonly what: string;
  readonly todo: string;
  /** Command, exit and last lines, without secrets. */
  readonly details: string;
  /** Milliseconds since the epoch, when GitHub told from when on it answers again. */
  readonly resetAt: number | null;
}

export interface Gh {
  /** Absolute path of the program; null when there is none. Looks anew. */
  path(): Promise<string | null>;
  /** Runs it; the value is its standard output. Never rejects. Put `--` before outside text. */
  run(args: readonly string[], options?: GhOptions): Promise<Result<string, GhFailure>>;
  /** The same for what prints JSON of this shape. */
  json<T>(args: readonly string[], schema: z.ZodType<T>, options?: GhOptions): Promise<Result<T, GhFailure>>;
}

/** `home` is Athene's: whatever agents put below it (wrappers, worktrees) is never taken for gh or git. */
export function openGh(host: {
  readonly home: string;
  /** Where the person's login to GitHub lies is told by it: HOME, GH_CONFIG_DIR, GH_TOKEN, the key ring's bus. */
  readonly login: (fresh: boolean) => Promise<LoginEnvironment>;
}): Gh {
  const start = async (): Promise<Start> => {
    const { env } = await host.login(false);
    const search = cleanPath(env['PATH'] ?? '', [host.home]);
    return { file: findProgram('gh', search), env: environment(env, search), home: host.home };
  };
  const runGh: Gh['run'] = async (args, options = {}) => ask(await start(), args, options);
  return {
    path: async () => (await start()).file,
    run: runGh,
    async json(args, schema, options) {
      const printed = await runGh(args, options);
      return printed.ok ? parse(printed.value, schema, nameOf(args)) : printed;
    },
  };
}

interface Start {
  readonly file: string | null;
  readonly env: Record<string, string>;
  readonly home: string;
}

/** Would make gh talk of another repository, print more, start programs or ask; the rest of the person's settings stays. */
const unwanted =
  /^(?:GH_(?:REPO|HOST|DEBUG|PATH|PAGER|BROWSER|EDITOR|FORCE_TTY|MDWIDTH)|DEBUG|PAGER|BROWSER|CLICOLOR_FORCE|GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|EDITOR|PAGER|TRACE\w*|CONFIG_\w+))$/;

function environment(login: Readonly<Record<string, string>>, path: string): Record<string, string> {
  const kept = Object.entries(login).filter(([name]) => !unwanted.test(name));
  const settings = safeSettings.flatMap((setting, index) => {
    const at = setting.indexOf('=');
    return [
      [`GIT_CONFIG_KEY_${index}`, setting.slice(0, at)],
      [`GIT_CONFIG_VALUE_${index}`, setting.slice(at + 1)],
    ] as const;
  });
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(settings),
    ...quiet,
    GIT_CONFIG_COUNT: String(safeSettings.length),
    PATH: path,
    GH_PROMPT_DISABLED: '1',
    GH_NO_UPDATE_NOTIFIER: '1',
    GH_SPINNER_DISABLED: '1',
    NO_COLOR: '1',
    TERM: 'dumb',
  };
}

async function ask(
  { file, env, home }: Start,
  args: readonly string[],
  options: GhOptions,
): Promise<Result<string, GhFailure>> {
  if (file === null) return fail(failure('missing', `Looked in ${env['PATH'] ?? ''}`));
  const call = { file, cwd: options.cwd ?? home, env };
  const outcome = await runOnce(call, args, { ...options, timeoutMs: options.timeoutMs ?? 15_000 });
  if (outcome.kind === 'exited' && outcome.code === 0) return ok(outcome.stdout);
  const kind = kindOf(outcome);
  const resetAt = kind === 'rate-limited' ? await resetTime(call, args) : null;
  return fail(failure(kind, describe(nameOf(args), outcome, env), resetAt));
}

interface Call {
  readonly file: string;
  readonly cwd: string;
  readonly env: Record<string, string>;
}

async function runOnce(
  call: Call,
  args: readonly string[],
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<RunOutcome> {
  try {
    faultPoint('process', `gh ${nameOf(args)}`);
  } catch (error) {
    return { kind: 'could-not-start', why: String(error) };
  }
  return run({ ...call, args, ...options, maxBytes: 4 * 1024 * 1024 });
}

/** Asked only when the limit is reached; this question does not count against it. */
async function resetTime(call: Call, args: readonly string[]): Promise<number | null> {
  const repository = args[args.indexOf('--repo') + 1] ?? '';
  const host = repository.split('/').length === 3 ? (repository.split('/')[0] ?? '') : 'github.com';
  const question = ['api', 'rate_limit', '--hostname', host, '--jq', '.resources.graphql.reset'];
  const outcome = await runOnce(call, question, { timeoutMs: 5000 });
  const seconds = outcome.kind === 'exited' && outcome.code === 0 ? Number(outcome.stdout.trim()) : Number.NaN;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : null;
}

/** gh tells most failures in words only; its exit code 4 is "sign in first". */
function kindOf(outcome: RunOutcome): GhFailureKind {
  if (outcome.kind !== 'exited' || outcome.code === null) return 'no-answer';
  const text = outcome.stderr;
  if (/rate limit/i.test(text)) return 'rate-limited';
  if (outcome.code === 4 || /HTTP 401|bad credentials|gh auth login/i.test(text)) return 'signed-out';
  if (offline.test(text)) return 'offline';
  if (/invalid character '.*' (?:looking for|after)|unexpected end of JSON/i.test(text)) return 'garbled';
  return absent.test(text) ? 'not-found' : 'refused';
}

const offline =
  /error connecting to|check your internet connection|dial tcp|no such host|connection (?:refused|reset)|network is unreachable|i\/o timeout|TLS handshake|(?:HTTP|status) 50[234]/i;

/** The words for an issue that is not there, of gh and of other trackers' commands; a missing repository is another matter. */
const absent =
  /could not resolve to an? (?:issue|pull ?request)|no (?:issue|pull requests?) found|could not find issue|no issue with identifier|invalid issue format|(?:issue|pull request)\b.*(?:not found|does not exist)/i;

function parse<T>(text: string, schema: z.ZodType<T>, name: string): Result<T, GhFailure> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(failure('garbled', `gh ${name} printed ${JSON.stringify(text.slice(0, 200))}`));
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : fail(failure('garbled', `gh ${name}: ${parsed.error.message}`));
}

const nameOf = (args: readonly string[]): string => args.slice(0, 2).join(' ');

const words: Readonly<Record<GhFailureKind, readonly [what: string, todo: string]>> = {
  missing: ['gh, the command of GitHub, was not found on this machine.', 'Install it: https://cli.github.com'],
  'signed-out': ['gh is not signed in to GitHub.', 'Sign in with `gh auth login`, then try again.'],
  offline: ['GitHub could not be reached.', 'Check the connection, then try again.'],
  'rate-limited': ['GitHub answers no more for now: its rate limit is reached.', 'Try again later.'],
  garbled: ['What came back is no answer of GitHub.', 'Sign in to the network, or turn off what intercepts it.'],
  'no-answer': ['gh gave no answer.', 'Try again in a moment.'],
  'not-found': ['GitHub knows no such thing.', 'Check the number and the repository.'],
  refused: ['GitHub refused.', 'See the details; `gh auth status` shows what you may do.'],
};

function failure(kind: GhFailureKind, details: string, resetAt: number | null = null): GhFailure {
  const [what, todo] = words[kind];
  const until = resetAt === null ? todo : `Try again after ${new Date(resetAt).toISOString()}.`;
  return { kind, what, todo: until, details, resetAt };
}

function describe(name: string, outcome: RunOutcome, env: Readonly<Record<string, string>>): string {
  const how = outcome.kind === 'exited' ? `ended with ${outcome.signal ?? outcome.code}` : outcome.kind;
  const told = outcome.kind === 'could-not-start' ? outcome.why : outcome.stderr.slice(-4000);
  return withoutSecrets(`gh ${name} ${how}\n${told}`.trim(), env);
}

function withoutSecrets(text: string, env: Readonly<Record<string, string>>): string {
  const secrets = Object.entries(env).filter(
    ([name, value]) => /TOKEN|SECRET|PASSWORD/i.test(name) && value.length > 5,
  );
  const hidden = secrets.reduce((told, [, value]) => told.replaceAll(value, '***'), text);
  return withoutCredentials(hidden)
    .replace(/\b(?:gh[a-z]_|github_pat_)\w{10,}/g, '***')
    .replace(/(authorization:\s*).*/gi, '$1***');
}
