// What the doors to commands of code hosts share: the person's login, never a prompt, and failures that can be told apart.
import type { z } from 'zod';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { run, type RunOutcome } from './exec.ts';
import { faultPoint } from './fault-points.ts';
import { cleanPath, findProgram } from './find-program.ts';
import { quiet, safeSettings, withoutCredentials } from './git.ts';
import type { LoginEnvironment } from './login-environment.ts';

export interface CommandOptions {
  /** Milliseconds; 15 s when not given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** A repository's work tree, for what the command does with git; Athene's home when not given. */
  readonly cwd?: string;
  /** Of a long text only so many of the last bytes are wanted. */
  readonly lastBytes?: number;
}

/**
 * `not-found`: the code host answered, and there is none. `refused`: it answered something else than what was asked for. All others mean that
 * nobody can tell, and that asking again at once would be in vain.
 */
export type CommandFailureKind =
  | 'not-found'
  | 'refused'
  | 'missing'
  | 'signed-out'
  | 'offline'
  | 'rate-limited'
  | 'garbled'
  | 'no-answer';

export interface CommandFailure {
  readonly kind: CommandFailureKind;
  /** One sentence for a person. */
  readonly what: string;
  readonly todo: string;
  /** Command, exit and last lines, without secrets. */
  readonly details: string;
  /** Milliseconds since the epoch, when the code host told from when on it answers again. */
  readonly resetAt: number | null;
  /** Its standard output, where it had one: outside text, and never for a log. */
  readonly printed: string;
}

export interface SignedInCommand {
  /** Absolute path of the program; null when there is none. Looks anew. */
  path(): Promise<string | null>;
  /** Runs it; the value is its standard output. Never rejects. Put `--` before outside text. */
  run(args: readonly string[], options?: CommandOptions): Promise<Result<string, CommandFailure>>;
  /** The same for what prints JSON of this shape. */
  json<T>(args: readonly string[], schema: z.ZodType<T>, options?: CommandOptions): Promise<Result<T, CommandFailure>>;
}

/** What differs between them. */
export interface CommandVendor {
  readonly program: string;
  /** Names of variables that would make it talk of another repository, print more, start programs or ask. */
  readonly unwanted: RegExp;
  /** Settings of its own that keep it quiet. */
  readonly settings: Readonly<Record<string, string>>;
  /** A secret of the person's that is meant for another host than the one which is asked. */
  isForeign?(variable: string, login: Readonly<Record<string, string>>, args: readonly string[]): boolean;
  /** Null: it is one of the kinds that all have in common. */
  kindOf(exit: { readonly code: number; readonly stderr: string }): CommandFailureKind | null;
  readonly words: Readonly<Record<CommandFailureKind, readonly [what: string, todo: string]>>;
  /** What to ask, when its limit is reached, to be told seconds since the epoch; null: nobody tells. */
  resetQuestion(args: readonly string[]): readonly string[] | null;
}

/** `home` is Athene's: whatever agents put below it (wrappers, worktrees) is never taken for the command or git. */
export function openSignedInCommand(
  host: {
    readonly home: string;
    /** Where the person's login lies is told by it: HOME, tokens, the key ring's bus. */
    readonly login: (fresh: boolean) => Promise<LoginEnvironment>;
  },
  vendor: CommandVendor,
  /** Tests answer in its place. */
  runProgram = run,
): SignedInCommand {
  const start = async (args: readonly string[]): Promise<Start> => {
    const { env } = await host.login(false);
    const search = cleanPath(env['PATH'] ?? '', [host.home]);
    const file = findProgram(vendor.program, search);
    const own = Object.entries(env).filter(([name]) => vendor.isForeign?.(name, env, args) !== true);
    const clean = environment(vendor, Object.fromEntries(own), search);
    return { vendor, runProgram, file, env: clean, home: host.home };
  };
  const runIt: SignedInCommand['run'] = async (args, options = {}) => ask(await start(args), args, options);
  return {
    path: async () => (await start([])).file,
    run: runIt,
    async json(args, schema, options) {
      const printed = await runIt(args, options);
      return printed.ok ? parse(vendor, printed.value, schema, args) : printed;
    },
  };
}

interface Start {
  readonly vendor: CommandVendor;
  readonly runProgram: typeof run;
  readonly file: string | null;
  readonly env: Record<string, string>;
  readonly home: string;
}

/** The same for what they have in common; the rest of the person's settings stays. */
const unwanted =
  /^(?:DEBUG|PAGER|BROWSER|CLICOLOR_FORCE|GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|EDITOR|PAGER|TRACE\w*|CONFIG_\w+))$/;

function environment(
  vendor: CommandVendor,
  login: Readonly<Record<string, string>>,
  path: string,
): Record<string, string> {
  const kept = Object.entries(login).filter(([name]) => !unwanted.test(name) && !vendor.unwanted.test(name));
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
    ...vendor.settings,
    NO_COLOR: '1',
    TERM: 'dumb',
  };
}

async function ask(
  { vendor, runProgram, file, env, home }: Start,
  args: readonly string[],
  options: CommandOptions,
): Promise<Result<string, CommandFailure>> {
  if (file === null) return fail(failure(vendor, { kind: 'missing', details: `Looked in ${env['PATH'] ?? ''}` }));
  const call = { vendor, runProgram, file, cwd: options.cwd ?? home, env };
  const outcome = await runOnce(call, args, { ...options, timeoutMs: options.timeoutMs ?? 15_000 });
  if (outcome.kind === 'exited' && outcome.code === 0) return ok(outcome.stdout);
  const kind = kindOf(vendor, outcome);
  const resetAt = kind === 'rate-limited' && !isSecondary(outcome) ? await resetTime(call, args) : null;
  const printed = 'stdout' in outcome ? outcome.stdout : '';
  return fail(failure(vendor, { kind, details: describe(call, nameOf(args), outcome), resetAt, printed }));
}

interface Call {
  readonly vendor: CommandVendor;
  readonly runProgram: typeof run;
  readonly file: string;
  readonly cwd: string;
  readonly env: Record<string, string>;
}

async function runOnce(
  call: Call,
  args: readonly string[],
  options: Pick<CommandOptions, 'signal' | 'lastBytes'> & { readonly timeoutMs: number },
): Promise<RunOutcome> {
  try {
    faultPoint('process', `${call.vendor.program} ${nameOf(args)}`);
  } catch (error) {
    return { kind: 'could-not-start', why: String(error) };
  }
  const { file, cwd, env } = call;
  return call.runProgram({ file, cwd, env, args, ...options, maxBytes: 4 * 1024 * 1024 });
}

/** Too much at once: that limit is over long before the one that can be asked for. */
const isSecondary = (outcome: RunOutcome): boolean =>
  'stderr' in outcome && /secondary rate limit/i.test(outcome.stderr);

/** Asked only when the limit is reached; this question does not count against it. */
async function resetTime(call: Call, args: readonly string[]): Promise<number | null> {
  const question = call.vendor.resetQuestion(args);
  if (question === null) return null;
  const outcome = await runOnce(call, question, { timeoutMs: 5000 });
  const seconds = outcome.kind === 'exited' && outcome.code === 0 ? Number(outcome.stdout.trim()) : Number.NaN;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : null;
}

/** They tell most failures in words only. */
function kindOf(vendor: CommandVendor, outcome: RunOutcome): CommandFailureKind {
  if (outcome.kind !== 'exited' || outcome.code === null) return 'no-answer';
  const { code, stderr } = outcome;
  if (/rate limit/i.test(stderr)) return 'rate-limited';
  return vendor.kindOf({ code, stderr }) ?? commonKind(stderr);
}

function commonKind(text: string): CommandFailureKind {
  if (offline.test(text)) return 'offline';
  return /invalid character '.*' (?:looking for|after)|unexpected end of JSON/i.test(text) ? 'garbled' : 'refused';
}

const offline =
  /error connecting to|check your internet connection|dial tcp|no such host|connection (?:refused|reset)|network is unreachable|i\/o timeout|TLS handshake|(?:HTTP|status) 50[234]/i;

function parse<T>(
  vendor: CommandVendor,
  printed: string,
  schema: z.ZodType<T>,
  args: readonly string[],
): Result<T, CommandFailure> {
  const name = `${vendor.program} ${nameOf(args)}`;
  const garbled = (details: string) => fail(failure(vendor, { kind: 'garbled', details, printed }));
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch {
    return garbled(`${name} printed ${JSON.stringify(printed.slice(0, 200))}`);
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : garbled(`${name}: ${parsed.error.message}`);
}

const nameOf = (args: readonly string[]): string => args.slice(0, 2).join(' ');

function failure(
  vendor: CommandVendor,
  told: Pick<CommandFailure, 'kind' | 'details'> & Partial<Pick<CommandFailure, 'resetAt' | 'printed'>>,
): CommandFailure {
  const { kind, details, resetAt = null, printed = '' } = told;
  const [what, todo] = vendor.words[kind];
  const until = resetAt === null ? todo : `Try again after ${new Date(resetAt).toISOString()}.`;
  return { kind, what, todo: until, details, resetAt, printed };
}

function describe({ vendor, env }: Call, name: string, outcome: RunOutcome): string {
  const how = outcome.kind === 'exited' ? `ended with ${outcome.signal ?? outcome.code}` : outcome.kind;
  const told = outcome.kind === 'could-not-start' ? outcome.why : outcome.stderr.slice(-4000);
  return withoutSecrets(`${vendor.program} ${name} ${how}\n${told}`.trim(), env);
}

function withoutSecrets(text: string, env: Readonly<Record<string, string>>): string {
  const secrets = Object.entries(env).filter(
    ([name, value]) => /TOKEN|SECRET|PASSWORD/i.test(name) && value.length > 5,
  );
  const hidden = secrets.reduce((told, [, value]) => told.replaceAll(value, '***'), text);
  return withoutCredentials(hidden)
    .replace(/\b(?:gh[a-z]_|github_pat_|glpat-|glp[a-z]{1,2}-)\w{10,}/g, '***')
    .replace(/(authorization:\s*).*/gi, '$1***');
}
