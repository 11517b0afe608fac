// All terminals of one pty host, and what can be asked of them.
import { ensureDirectory, isExecutableFile, probePath } from '#main/lib/files.ts';
import { findProgram } from '#main/lib/find-program.ts';
import { identityOf, probeProcess, type ProcessIdentity } from '#main/lib/process-identity.ts';
import { withAliases } from '#shared/domain/environment.ts';
import type { TerminalSpec } from '#shared/domain/terminal-spec.ts';
import type { RuntimeProblem, TerminalProbe, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { join } from 'node:path';
import type { MirrorLink } from './mirror-link.ts';
import { openPty, type Pty } from './pty.ts';
import { ReadBudget } from './read-budget.ts';
import { Terminal } from './terminal.ts';
import { readTerminalRecord, type TerminalRecord } from './terminal-record.ts';
import { transcriptEnd } from './transcript-reader.ts';

/** Ended terminals that are listed; older ones are on disk, and found there when they are asked for. */
const endedLimit = 500;
/** Milliseconds between two statuses of one terminal. */
const statusEvery = 250;

export interface PtyHostOptions {
  /** Parent of the transcripts' directories. */
  readonly transcripts: string;
  readonly identity: ProcessIdentity;
  readonly mirror: MirrorLink;
  readonly now: () => number;
  readonly report: (what: string) => void;
}

export class PtyHost {
  readonly #options: PtyHostOptions;
  readonly #terminals = new Map<string, Terminal>();
  readonly #budget: ReadBudget;
  readonly #changed = new Set<Terminal>();
  #timer: NodeJS.Timeout | null = null;
  /** Statuses that changed. */
  readonly statuses = new Emitter<TerminalStatus>();
  /** A terminal was made or has ended. */
  readonly populationChanged = new Emitter<null>();

  constructor(options: PtyHostOptions) {
    this.#options = options;
    this.#budget = new ReadBudget(options.now);
  }

  /** Number of terminals whose program runs. */
  get living(): number {
    return [...this.#terminals.values()].filter(({ exit }) => exit === null).length;
  }

  create(spec: TerminalSpec): Result<{ readonly pid: number }, RuntimeProblem> {
    const existing = this.#terminals.get(spec.terminal);
    if (existing !== undefined) return ok({ pid: existing.process.pid });
    const file = findProgram(spec.argv[0], spec.env['PATH'] ?? '');
    const refusal = refusalOf(spec, file);
    if (refusal !== null || file === null) return fail(refusal ?? notStarted(`${spec.argv[0]} was not found`));
    try {
      return ok({ pid: this.#start(spec, file).process.pid });
    } catch (error) {
      this.#terminals.delete(spec.terminal);
      return fail({ ...notStarted(`${spec.argv[0]} could not be started`), details: String(error) });
    }
  }

  async find(terminal: string): Promise<Result<Terminal, RuntimeProblem>> {
    const found = this.#terminals.get(terminal) ?? (await this.#revive(terminal));
    return found === null ? fail(unknownTerminal(terminal)) : ok(found);
  }

  probe(terminal: string): TerminalProbe {
    const found = this.#terminals.get(terminal);
    if (found === undefined) return { kind: 'unknown', why: 'The pty host does not know this terminal.' };
    return found.exit === null ? { kind: 'alive', pid: found.process.pid } : { kind: 'ended', exit: found.exit };
  }

  list(): TerminalStatus[] {
    return [...this.#terminals.values()].map(({ status }) => status);
  }

  /** Takes an ended terminal out of the list; what it left on disk is the caller's to remove. */
  async forget(terminal: string): Promise<Result<null, RuntimeProblem>> {
    const found = this.#terminals.get(terminal);
    if (found === undefined) return ok(null);
    if (found.exit === null) return fail(stillAlive);
    this.#terminals.delete(terminal);
    await found.close();
    return ok(null);
  }

  /** All that was printed is on disk when it resolves. */
  async close(): Promise<void> {
    await Promise.all([...this.#terminals.values()].map((terminal) => terminal.close()));
    this.#options.mirror.end();
  }

  #start(spec: TerminalSpec, file: string): Terminal {
    this.#dropOldest();
    const directory = join(this.#options.transcripts, spec.terminal);
    ensureDirectory(directory);
    const terminal = this.#add(directory, this.#recordFor(spec));
    const pty: Pty = openPty({
      file,
      arguments: spec.argv.slice(1),
      cwd: spec.cwd,
      env: withAliases({ ...spec.env, ATHENE_SESSION: spec.session, ATHENE_TERMINAL: spec.terminal }),
      size: spec.size,
      allowance: () => terminal.allowance,
      onData: (bytes) => terminal.printed(bytes),
      onExit: (exit) => {
        terminal.ended(exit);
        this.populationChanged.emit(null);
      },
    });
    terminal.started(pty, identityOf(pty.pid) ?? { ...this.#options.identity, pid: pty.pid, startTime: '' });
    this.populationChanged.emit(null);
    return terminal;
  }

  #dropOldest(): void {
    const ended = [...this.#terminals.values()].filter((terminal) => terminal.exit !== null && !terminal.isViewed);
    for (const terminal of ended.slice(0, Math.max(0, ended.length - endedLimit))) {
      this.#terminals.delete(terminal.id);
      void terminal.close();
    }
  }

  #recordFor({ terminal, session, argv, cwd, size }: TerminalSpec): TerminalRecord {
    const { identity, now } = this.#options;
    const process = { pid: 0, startTime: '', bootId: identity.bootId };
    return {
      terminal,
      session,
      argv: [...argv],
      cwd,
      size,
      process,
      host: identity,
      startedAt: now(),
      exit: null,
      offset: null,
    };
  }

  /** A terminal that ended under an earlier host, from what it left on disk. */
  async #revive(terminal: string): Promise<Terminal | null> {
    const directory = join(this.#options.transcripts, terminal);
    const record = readTerminalRecord(directory);
    const ended = record === null ? null : await endedRecord(directory, record, this.#options.now());
    // Somebody else may have asked for it meanwhile.
    return ended === null ? null : (this.#terminals.get(terminal) ?? this.#add(directory, ended));
  }

  #add(directory: string, record: TerminalRecord): Terminal {
    const { mirror, now, report } = this.#options;
    const terminal = new Terminal({
      record,
      directory,
      mirror,
      budget: this.#budget,
      now,
      report,
      changed: (changed) => this.#noteChange(changed),
    });
    this.#terminals.set(record.terminal, terminal);
    return terminal;
  }

  /** At once after silence, then together, four times a second: one timer for all, and none while nothing changes. */
  #noteChange(terminal: Terminal): void {
    this.#changed.add(terminal);
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#changed.size > 0) this.#noteChange(this.#changed.values().next().value!);
    }, statusEvery);
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const { status } of changed) this.statuses.emit(status);
  }
}

/** Null while it may live. A host that was killed has recorded no exit: how its program ended nobody knows then, and `at` is now. */
async function endedRecord(directory: string, record: TerminalRecord, at: number): Promise<TerminalRecord | null> {
  if (record.exit !== null && record.offset !== null) return record;
  if (probeProcess(record.process) !== 'gone' || probeProcess(record.host) !== 'gone') return null;
  return { ...record, exit: record.exit ?? { code: null, signal: null, at }, offset: await transcriptEnd(directory) };
}

function refusalOf(spec: TerminalSpec, file: string | null): RuntimeProblem | null {
  if (probePath(spec.cwd).kind === 'absent') return notStarted(`The directory ${spec.cwd} does not exist`);
  if (file === null) return notStarted(`${spec.argv[0]} is not on the session's PATH, or is not executable`);
  return isExecutableFile(file) ? null : notStarted(`${file} is not executable`);
}

const notStarted = (what: string): RuntimeProblem => ({
  code: 'terminal-not-started',
  what: `${what}.`,
  kept: 'No process was started.',
  todo: "Check the command and the session's directory, then start again.",
});

const unknownTerminal = (terminal: string): RuntimeProblem => ({
  code: 'terminal-unknown',
  what: `No terminal ${terminal} is known here.`,
});

export const stillAlive: RuntimeProblem = {
  code: 'terminal-not-started',
  what: "The terminal's program still runs.",
  kept: 'Nothing was removed.',
  todo: 'End the session first.',
};
