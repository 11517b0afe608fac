// One line of JSON per event, 0600, in `logs/`: short, rotated, and without secrets.
import { readVariable } from '#shared/domain/environment.ts';
import { appendFile, probePath, renameFile } from './files.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Facts = Readonly<Record<string, unknown>>;
/** Never throws: a full disk must not stop what is being logged. */
export type Log = (level: LogLevel, event: string, facts?: Facts) => void;

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
/** Bytes; one older file is kept beside it (`….1`). */
const largest = 4 * 1024 * 1024;
/** Characters of one text, and levels of nesting, that a line may hold. */
const longest = 2000;
const deepest = 5;

/** What the environment asks for, else `info`. */
export const logLevelOf = (env: NodeJS.ProcessEnv): LogLevel =>
  levels.find((level) => level === readVariable(env, 'LOG_LEVEL')) ?? 'info';

export function createLog(options: {
  readonly file: string;
  readonly level: LogLevel;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}): Log {
  const threshold = levels.indexOf(options.level);
  return (level, event, facts = {}) => {
    if (levels.indexOf(level) < threshold) return;
    const at = new Date(options.now()).toISOString();
    const line = JSON.stringify({ at, level, pid: process.pid, event, ...(redact(facts, 0) as Facts) });
    try {
      rotate(options.file);
      appendFile(options.file, `${line}\n`);
    } catch {
      // Nowhere left to say it.
    }
  };
}

/** Two processes may rotate at once; the second then only moves a short file. */
function rotate(file: string): void {
  const probe = probePath(file);
  if (probe.kind === 'file' && probe.size > largest) renameFile(file, `${file}.1`);
}

const secretName = /token|secret|passw|credential|cookie|authori[sz]ation|api_?key|private_?key|^env$|^environment$/i;

/** A copy fit for a log: no value under a name that sounds like a secret, none that looks like one, nothing endless. */
export function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) return redactText(value.stack ?? String(value));
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, secretName.test(name) ? '[secret]' : redact(item, depth + 1)]),
  );
}

const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1[secret]@'],
  [/([?&#](?:ticket|token|key|code|secret|password|access_token)=)[^\s&#"']+/gi, '$1[secret]'],
  [/\b((?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}/gi, '$1[secret]'],
  [
    /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}|\bgh[a-z]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bxox[a-z]-[\w-]{10,}|\bglpat-[\w-]{16,}|\bnpm_[A-Za-z0-9]{30,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}(?:\.[\w-]+)?|\bAKIA[A-Z0-9]{16}\b|\bathene_[A-Za-z0-9_-]{43}/g,
    '[secret]',
  ],
  [/\b((?:\w*(?:token|secret|password|api_?key))\s*[=:]\s*)[^\s"',;]{4,}/gi, '$1[secret]'],
];

/** Characters behind a cut that are read along, and left out: enough to know a secret by that begins before it. */
const margin = 256;

function redactText(text: string): string {
  const near = text.slice(0, longest + margin);
  const clean = secretTexts.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), near);
  // What ends the part that was read may be half a secret.
  const kept = Math.min(longest, near.length < text.length ? clean.length - margin : clean.length);
  return kept < clean.length ? `${clean.slice(0, Math.max(0, kept))}…` : clean;
}
