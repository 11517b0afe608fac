// The runtime on Athene's own pty host: one connection per client, made and remade when needed.
import { setTimeout as sleep } from 'node:timers/promises';
import { protocolMajor, readStatus, type Call, type SentStatus } from '#main/pty-host/protocol.ts';
import { inTime } from '#main/lib/in-time.ts';
import { isLocked, lockTrouble } from '#main/lib/kernel-lock.ts';
import type { HomePaths } from '#main/storage/paths.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { AttachOptions, TerminalSpec } from '#shared/domain/terminal-spec.ts';
import type {
  KillReport,
  RunningTerminal,
  RuntimeProblem,
  TerminalOrigin,
  TerminalProbe,
  TerminalScreen,
  TerminalStatus,
  TerminalTrace,
} from '#shared/domain/terminal-status.ts';
import type { AttachmentListener, Runtime, Survey, SurveyedTerminal, TerminalAttachment } from '../runtime.ts';
import { connectToHost, type Connecting, type HostConnection } from './host-connection.ts';
import { startPtyHost, type PtyHostPlace } from './start-host.ts';
import {
  anythingRuns,
  killByMarker,
  originOf,
  outputWithoutHost,
  probeRecord,
  recordOf,
  removeTranscript,
  screenWithoutHost,
  traceRecord,
} from './without-host.ts';

/** Milliseconds until a host that was started must answer. */
const startTime = 15_000;
/** Milliseconds between two looks for a host that went away, while somebody watches. */
const watchEvery = 2000;
/** Milliseconds that an answer may take to a question on which others wait; what hangs is taken for unreachable. */
const surveyTime = 5000;
/** Bytes per request: as base64 in JSON it stays well under a frame. */
const inputPart = 256 * 1024;

export const createPtyRuntime = (place: PtyHostPlace): Runtime => new PtyRuntime(place);

class PtyRuntime implements Runtime {
  readonly name = 'pty';
  readonly #place: PtyHostPlace;
  readonly #watchers = new Set<(status: TerminalStatus | null) => void>();
  #connection: HostConnection | null = null;
  #connecting: Promise<Connecting> | null = null;
  #starting: Promise<Result<HostConnection, RuntimeProblem>> | null = null;
  #watchTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(place: PtyHostPlace) {
    this.#place = place;
  }

  async create(spec: TerminalSpec): Promise<Result<{ readonly pid: number }, RuntimeProblem>> {
    const connected = await this.#startedHost();
    if (!connected.ok) return connected;
    const [program, ...rest] = spec.argv;
    return connected.value.call({ name: 'create', spec: { ...spec, argv: [program, ...rest], env: { ...spec.env } } });
  }

  async kill(terminal: string): Promise<Result<KillReport, RuntimeProblem>> {
    const answer = await this.#call<KillReport>({ name: 'kill', terminal });
    if (answer !== null && (answer.ok || answer.problem.code !== 'terminal-unknown')) return answer;
    if (recordOf(this.#paths, terminal) === null && !(await anythingRuns(this.#paths, terminal))) {
      return fail(unknown(terminal));
    }
    return ok(await killByMarker(this.#paths, terminal));
  }

  async probe(terminal: string): Promise<TerminalProbe> {
    try {
      const asked = this.#call<TerminalProbe>({ name: 'probe', terminal }).then((answer) => ({ answer }));
      const told = await inTime(asked, surveyTime);
      if (told === null) return { kind: 'unknown', why: noAnswer };
      const { answer } = told;
      if (answer === null) return probeRecord(this.#paths, terminal);
      if (!answer.ok) return { kind: 'unknown', why: answer.problem.what };
      return answer.value.kind === 'unknown' ? probeRecord(this.#paths, terminal) : answer.value;
    } catch (error) {
      return { kind: 'unknown', why: String(error) };
    }
  }

  async list(): Promise<Result<readonly TerminalStatus[], RuntimeProblem>> {
    const listed = await this.#call<readonly SentStatus[]>({ name: 'list' });
    if (listed === null) return ok([]);
    return listed.ok ? ok(listed.value.map(readStatus)) : listed;
  }

  async running(): Promise<Result<readonly RunningTerminal[], RuntimeProblem>> {
    const listed = await inTime(this.list(), surveyTime);
    if (listed === null) return fail(unreachable(`No answer within ${surveyTime / 1000} s.`));
    if (!listed.ok) return listed;
    const alive = listed.value.filter(({ exit }) => exit === null);
    return ok(alive.map(({ terminal, session, pid }) => ({ terminal, session, pid })));
  }

  origin(terminal: string): TerminalOrigin | null {
    return originOf(this.#paths, terminal);
  }

  async trace(terminal: string): Promise<TerminalTrace> {
    const kept = traceRecord(this.#paths, terminal);
    if (kept.exit !== null) return kept;
    const probe = await this.probe(terminal);
    return probe.kind === 'ended' && probe.exit !== null ? { ...kept, exit: probe.exit } : kept;
  }

  async survey(terminals: readonly SurveyedTerminal[]): Promise<Survey> {
    const listed = await inTime(this.list(), surveyTime).catch((error: unknown) => fail(unreachable(String(error))));
    const statuses = listed?.ok === true ? listed.value : [];
    const why = listed === null ? noAnswer : listed.ok ? null : listed.problem.what;
    const named = new Set(statuses.map(({ terminal }) => terminal));
    const probes = terminals
      .filter(({ terminal }) => !named.has(terminal))
      .map(({ terminal }): [string, TerminalProbe] => [
        terminal,
        // A host that does not know it, or is not there, proves nothing: its record and its process may.
        why === null ? probeRecord(this.#paths, terminal) : { kind: 'unknown', why },
      ]);
    return { statuses, probes: new Map(probes), unreachable: why };
  }

  async input(terminal: string, bytes: Uint8Array): Promise<Result<null, RuntimeProblem>> {
    for (let at = 0; at < bytes.length; at += inputPart) {
      const part = Buffer.from(bytes.subarray(at, at + inputPart)).toString('base64');
      const taken = await this.#call<null>({ name: 'input', terminal, bytes: part });
      if (taken === null) return fail(noHost);
      if (!taken.ok) return taken;
    }
    return ok(null);
  }

  async screen(terminal: string): Promise<Result<TerminalScreen, RuntimeProblem>> {
    const answer = await this.#call<TerminalScreen>({ name: 'screen', terminal });
    if (answer?.ok === true) return answer;
    const record = recordOf(this.#paths, terminal);
    if (record === null) return answer ?? fail(unknown(terminal));
    // Of a living terminal it is asked again later: parsing its whole transcript here would hold up this process.
    if (answer?.problem.code === 'runtime-unreachable' && record.exit === null) return answer;
    return ok(await screenWithoutHost(this.#paths, terminal));
  }

  async output(terminal: string, lines: number): Promise<Result<string, RuntimeProblem>> {
    const answer = await this.#call<string>({ name: 'output', terminal, lines });
    if (answer?.ok === true) return answer;
    if (recordOf(this.#paths, terminal) === null) return answer ?? fail(unknown(terminal));
    return ok(await outputWithoutHost(this.#paths, terminal, lines));
  }

  async attach(
    terminal: string,
    options: AttachOptions,
    listener: AttachmentListener,
  ): Promise<Result<TerminalAttachment, RuntimeProblem>> {
    // A terminal of the past is read by a host as well, so one is started for it.
    const connected = recordOf(this.#paths, terminal) === null ? await this.#presentHost() : await this.#startedHost();
    if (connected === null) return fail(unknown(terminal));
    if (!connected.ok) return connected;
    const connection = connected.value;
    const attached = await connection.attach({ name: 'attach', terminal, ...options }, listener);
    if (!attached.ok) return attached;
    const { channel } = attached.value;
    return ok({
      send: (frame) => connection.send({ ...frame, channel }),
      close: () => connection.detach(channel),
    });
  }

  async forget(terminal: string, { keepOutput } = { keepOutput: false }): Promise<Result<null, RuntimeProblem>> {
    const answer = await this.#call<null>({ name: 'forget', terminal });
    if (answer !== null && !answer.ok) return answer;
    const probe = probeRecord(this.#paths, terminal);
    if (probe.kind === 'alive' || (probe.kind === 'unknown' && recordOf(this.#paths, terminal) !== null))
      return fail(mayLive);
    if (!keepOutput) await removeTranscript(this.#paths, terminal);
    return ok(null);
  }

  onStatus(listener: (status: TerminalStatus | null) => void): () => void {
    this.#watchers.add(listener);
    void this.#watch();
    return () => {
      this.#watchers.delete(listener);
      if (this.#watchers.size === 0 && this.#watchTimer !== null) clearTimeout(this.#watchTimer);
    };
  }

  close(): void {
    this.#closed = true;
    this.#watchers.clear();
    if (this.#watchTimer !== null) clearTimeout(this.#watchTimer);
    this.#connection?.close();
  }

  get #paths(): HomePaths {
    return this.#place.paths;
  }

  /** Null when no host runs. */
  async #call<T>(call: Call): Promise<Result<T, RuntimeProblem> | null> {
    const connected = await this.#presentHost();
    if (connected === null || !connected.ok) return connected;
    return connected.value.call<T>(call);
  }

  /** Null when no host runs. */
  async #presentHost(): Promise<Result<HostConnection, RuntimeProblem> | null> {
    const connecting = await this.#connect();
    if (connecting.kind === 'connected') return ok(connecting.connection);
    if (connecting.kind === 'unreachable') return fail(unreachable(connecting.why));
    return null;
  }

  /** One start, shared by all who ask at once. */
  #startedHost(): Promise<Result<HostConnection, RuntimeProblem>> {
    return (this.#starting ??= this.#startHost().finally(() => (this.#starting = null)));
  }

  async #startHost(): Promise<Result<HostConnection, RuntimeProblem>> {
    const lock = this.#paths.lockFor(`pty-host-${protocolMajor}`);
    const trouble = (await this.#presentHost()) === null ? lockTrouble(lock) : null;
    if (trouble !== null) return fail({ code: 'runtime-unreachable', ...trouble });
    const deadline = performance.now() + startTime;
    let startedAt = -Infinity;
    for (let pause = 5; performance.now() < deadline; pause = Math.min(pause * 1.5, 100)) {
      const present = await this.#presentHost();
      if (present !== null) return present;
      // A host that was about to end keeps the lock for a moment; then the one started meanwhile may have given up.
      if (performance.now() - startedAt > 4000) {
        const started = await startPtyHost(this.#place);
        if (!started.ok) return fail(unreachable(started.problem));
        startedAt = performance.now();
      }
      await sleep(pause);
    }
    return fail(unreachable(`No host listens after ${startTime / 1000} s; its lock is held: ${isLocked(lock)}.`));
  }

  /** One connection, shared by all who ask at once. */
  async #connect(): Promise<Connecting> {
    const current = this.#connection;
    if (current !== null && !current.ended) return { kind: 'connected', connection: current };
    const { home } = this.#paths;
    const address = { socket: this.#paths.socketFor('pty-host', protocolMajor), home, build: this.#place.build };
    this.#connecting ??= connectToHost(address).then((connecting) => {
      this.#connecting = null;
      if (connecting.kind === 'connected') this.#adopt(connecting.connection);
      return connecting;
    });
    return this.#connecting;
  }

  #adopt(connection: HostConnection): void {
    if (this.#closed) return connection.close();
    this.#connection = connection;
    connection.onStatus = (status) => this.#report(status);
    connection.onEnd = () => {
      if (this.#closed) return;
      this.#report(null);
      void this.#watch();
    };
    if (this.#watchers.size > 0) void connection.call({ name: 'watch' });
  }

  #report(status: TerminalStatus | null): void {
    for (const watcher of [...this.#watchers]) watcher(status);
  }

  /** Looks for a host now and then, as long as somebody watches and none is there. */
  async #watch(): Promise<void> {
    if (this.#watchTimer !== null) clearTimeout(this.#watchTimer);
    this.#watchTimer = null;
    if (this.#closed || this.#watchers.size === 0) return;
    const connecting = await this.#connect();
    if (connecting.kind === 'connected') return void connecting.connection.call({ name: 'watch' });
    if (!this.#closed) this.#watchTimer = setTimeout(() => void this.#watch(), watchEvery).unref();
  }
}

const unreachable = (why: string): RuntimeProblem => ({
  code: 'runtime-unreachable',
  what: noAnswer,
  kept: 'It was not replaced: the agents that it runs go on.',
  todo: 'Wait a moment and try again; "athene doctor" shows the process and its log.',
  details: why,
});

const noAnswer = "Athene's pty host does not answer.";

const noHost: RuntimeProblem = {
  code: 'terminal-unknown',
  what: 'No pty host runs, so no terminal does.',
};

const unknown = (terminal: string): RuntimeProblem => ({
  code: 'terminal-unknown',
  what: `No terminal ${terminal} is known in this home.`,
});

const mayLive: RuntimeProblem = {
  code: 'terminal-not-started',
  what: "The terminal's program still runs, or nobody can tell.",
  kept: 'Nothing was removed.',
  todo: 'End the session first.',
};
