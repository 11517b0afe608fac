// The environment that agents run in: what the person's login shell would give them, not what a desktop or an npm script left us.
import { randomBytes } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Problem } from '#shared/domain/problem.ts';
import { withoutAthene, withoutOurs } from './child-environment.ts';
import { run, type RunOutcome } from './exec.ts';
import { isExecutableFile } from './files.ts';
import { cleanPath } from './find-program.ts';

export interface LoginEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of the person's shell. */
  readonly shell: string;
  /** Why `env` is only a makeshift; null when the shell told. */
  readonly problem: Problem<'login-shell-failed'> | null;
}

/** Milliseconds. */
const shellCap = 10_000;
const goodFor = 5 * 60_000;
const badFor = 15_000;

/**
 * Asks the shell once and remembers the answer for five minutes, in memory only: the values may be secrets that the person keeps
 * in a key ring and that must not lie on a disk because of us. Concurrent callers share one shell.
 */
export function createLoginEnvironment(host: {
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}): (fresh: boolean) => Promise<LoginEnvironment> {
  let last: { readonly until: number; readonly answer: Promise<LoginEnvironment> } | null = null;
  return (fresh) => {
    if (!fresh && last !== null && host.now() < last.until) return last.answer;
    const answer = askShell(host.env, host.timeoutMs ?? shellCap);
    last = { until: host.now() + goodFor, answer };
    void answer.then(({ problem }) => {
      if (problem !== null && last?.answer === answer) last = { until: host.now() + badFor, answer };
    });
    return answer;
  };
}

async function askShell(own: NodeJS.ProcessEnv, timeoutMs: number): Promise<LoginEnvironment> {
  const shell = shellOf(own);
  if (process.platform === 'win32') return { env: withoutOurs(own), shell, problem: null };
  const clean = cleanEnvironment(own, shell);
  const [before, after] = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')];
  const outcome = await run({
    file: shell,
    args: ['-ilc', `echo ${before}; /usr/bin/env -0; echo ${after}`],
    cwd: clean['HOME'] ?? '/',
    env: { ...clean, TERM: 'dumb', ATHENE_RESOLVING_ENVIRONMENT: '1' },
    timeoutMs,
    maxBytes: 4 * 1024 * 1024,
  });
  const told = outcome.kind === 'exited' ? between(outcome.stdout, `${before}\n`, after) : null;
  const env = told === null ? null : parse(told);
  if (env !== null && env['PATH'] !== undefined) return { env, shell, problem: null };
  return { env: makeshift(clean, own), shell, problem: shellFailed(shell, outcome) };
}

/** The person's shell: `SHELL`, else the one of the user's entry, else `/bin/sh`. */
export function shellOf(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return env['ComSpec'] ?? 'C:\\Windows\\System32\\cmd.exe';
  const fits = (shell: string | null | undefined): shell is string =>
    typeof shell === 'string' && isAbsolute(shell) && isExecutableFile(shell);
  if (fits(env['SHELL'])) return env['SHELL'];
  const entry = userInfo().shell;
  return fits(entry) ? entry : '/bin/sh';
}

/** Of the login session, not of a script: no file of the shell sets these, and agents need them (ssh-agent, display, bus). */
const ofTheSession =
  /^(?:LANG|LANGUAGE|LC_\w+|TZ|SSH_AUTH_SOCK|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|TMPDIR|__CF_USER_TEXT_ENCODING)$/;

function cleanEnvironment(own: NodeJS.ProcessEnv, shell: string): Record<string, string> {
  const session = Object.entries(withoutOurs(own)).filter(([name]) => ofTheSession.test(name));
  const user = own['USER'] ?? own['LOGNAME'] ?? userInfo().username;
  return {
    LANG: 'C.UTF-8',
    ...Object.fromEntries(session),
    HOME: own['HOME'] || homedir(),
    USER: user,
    LOGNAME: user,
    SHELL: shell,
  };
}

function between(text: string, before: string, after: string): string | null {
  const start = text.indexOf(before);
  const end = text.lastIndexOf(after);
  return start === -1 || end < start ? null : text.slice(start + before.length, end);
}

/** Of the asking shell itself, wrong for the next process. */
const ofTheShell = new Set(['_', 'PWD', 'OLDPWD', 'SHLVL', 'TERM', 'COLUMNS', 'LINES']);

function parse(text: string): Record<string, string> {
  const pairs = text
    .split('\0')
    .filter((pair) => pair.indexOf('=') > 0)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  return withoutAthene(Object.fromEntries(pairs.filter(([name]) => !ofTheShell.has(name))));
}

function makeshift(clean: Readonly<Record<string, string>>, own: NodeJS.ProcessEnv): Record<string, string> {
  const home = clean['HOME'] ?? '/';
  const usual = [join(home, '.local', 'bin'), join(home, 'bin')].join(delimiter);
  return { ...clean, PATH: cleanPath(`${usual}${delimiter}${own['PATH'] ?? ''}`, []) };
}

/** What the shell printed stays out of the details: it may be a part of the environment. */
function shellFailed(shell: string, outcome: RunOutcome): Problem<'login-shell-failed'> {
  const how = {
    exited: 'ended without telling its environment',
    'could-not-start': 'could not be started',
    'timed-out': 'did not answer in time',
    cancelled: 'was cancelled',
    'too-much-output': 'printed far too much',
  }[outcome.kind];
  return {
    code: 'login-shell-failed',
    what: `Your login shell (${shell}) ${how}.`,
    kept: 'Agents get a plain environment with the usual directories on the PATH.',
    todo: `Try "${shell} -ilc true" in a terminal, and mend what its start-up files do without one.`,
    ...(outcome.kind === 'exited' ? { details: `exit ${outcome.code ?? outcome.signal}` } : {}),
    ...(outcome.kind === 'could-not-start' ? { details: outcome.why } : {}),
  };
}
