// One terminal: the PTY, what it printed, who looks at it, and when it has to wait for them.
import type { ProcessIdentity } from '#main/lib/process-identity.ts';
import { endTree } from '#main/lib/process-tree.ts';
import type { AttachOptions } from '#shared/domain/terminal-spec.ts';
import type { KillReport, TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { TerminalExit, TerminalSize } from '#shared/domain/terminal.ts';
import { Audience } from './audience.ts';
import type { MirrorLink } from './mirror-link.ts';
import type { Pty } from './pty.ts';
import type { ReadBudget } from './read-budget.ts';
import { replyTo } from './replies.ts';
import { Ring } from './ring.ts';
import { Scanner, type Seen } from './scanner.ts';
import { freshSnapshot } from './snapshots.ts';
import { terminalMarker, writeTerminalRecord, type TerminalRecord } from './terminal-record.ts';
import { TerminalSignals } from './terminal-signals.ts';
import { TranscriptPump } from './transcript-pump.ts';
import { readTranscript, Transcript } from './transcript.ts';
import type { Lane, Viewer, ViewerSource } from './viewer.ts';

export interface TerminalOptions {
  readonly record: TerminalRecord;
  /** Of its transcript. */
  readonly directory: string;
  readonly mirror: MirrorLink;
  readonly budget: ReadBudget;
  readonly now: () => number;
  readonly changed: (terminal: Terminal) => void;
  readonly report: (what: string) => void;
}

export class Terminal implements ViewerSource {
  readonly #options: TerminalOptions;
  readonly #transcript: Transcript;
  readonly #pump: TranscriptPump;
  readonly #scanner = new Scanner();
  readonly #audience: Audience;
  readonly #ring: Ring;
  #record: TerminalRecord;
  #pty: Pty | null = null;
  #paused = false;
  readonly #signals = new TerminalSignals();
  #ending: Promise<KillReport> | null = null;
  readonly #exited: (() => void)[] = [];

  constructor(options: TerminalOptions) {
    const { record, directory, now } = options;
    this.#options = options;
    this.#record = record;
    this.#ring = new Ring(record.size);
    // One that ended under an earlier host has its bytes on disk alone.
    if (record.offset !== null) this.#ring.release(record.offset);
    this.#audience = new Audience({
      source: this,
      resize: (size) => this.#resize(size),
      pressureChanged: () => this.pressureChanged(),
    });
    this.#transcript = new Transcript({ directory, size: record.size, now });
    this.#pump = new TranscriptPump({
      ring: this.#ring,
      done: record.exit !== null,
      transcript: this.#transcript,
      exit: () => this.exit,
      flushed: (offset) => this.#flushed(offset),
      pressureChanged: () => this.pressureChanged(),
    });
  }

  get id(): string {
    return this.#record.terminal;
  }

  get ring(): Ring {
    return this.#ring;
  }

  get exit(): TerminalExit | null {
    return this.#record.exit;
  }

  get process(): ProcessIdentity {
    return this.#record.process;
  }

  get directory(): string {
    return this.#options.directory;
  }

  /** Terminals that somebody types in are never slowed down for the sake of others. */
  get exempt(): boolean {
    return this.#audience.hasLease;
  }

  /** Bytes that it may read at once. */
  get allowance(): number {
    return this.exempt ? Infinity : this.#options.budget.left(this);
  }

  get isViewed(): boolean {
    return !this.#audience.isEmpty;
  }

  get status(): TerminalStatus {
    const { terminal, session, process } = this.#record;
    const { size, end: offset } = this.#ring;
    return { terminal, session, pid: process.pid, size, offset, ...this.#signals.facts, exit: this.exit };
  }

  /** Called once, when the PTY is open. */
  started(pty: Pty, identity: ProcessIdentity): void {
    this.#pty = pty;
    this.#record = { ...this.#record, process: identity };
    this.#save();
    this.#options.mirror.open(this.id, this.directory);
    this.#options.changed(this);
  }

  printed(chunk: Buffer): void {
    this.#ring.append(chunk);
    this.#signals.printed(this.#options.now());
    for (const seen of this.#scanner.scan(chunk)) this.#noticed(seen);
    this.#audience.printed(chunk.length);
    this.#pump.wake();
    if (!this.exempt) this.#options.budget.spend(this, chunk.length);
    this.#options.changed(this);
  }

  ended({ code, signal }: Pick<TerminalExit, 'code' | 'signal'>): void {
    const exit = { code, signal, at: this.#options.now() };
    this.#record = { ...this.#record, size: this.#ring.size, exit, offset: this.#ring.end };
    this.#options.budget.forget(this);
    this.#save();
    this.#audience.send();
    for (const resolve of this.#exited.splice(0)) resolve();
    this.#options.changed(this);
    void this.#settle();
  }

  input(bytes: Uint8Array): boolean {
    if (this.#pty === null || this.exit !== null || !this.#pty.write(bytes)) return false;
    if (this.#signals.typed(bytes, this.#options.now())) this.#options.changed(this);
    return true;
  }

  /** Frames begin after this call returns. The lease is taken where the replay ends. */
  attach(options: AttachOptions, lane: Lane): Viewer {
    return this.#audience.attach(options, lane);
  }

  detach(viewer: Viewer): void {
    this.#audience.detach(viewer);
    void this.#settle();
  }

  takeLease(viewer: Viewer): void {
    this.#audience.takeLease(viewer);
  }

  giveLease(viewer: Viewer): void {
    this.#audience.giveLease(viewer);
  }

  requestSize(viewer: Viewer, wanted: TerminalSize): void {
    this.#audience.requestSize(viewer, wanted);
  }

  /** Concurrent kills are one. */
  kill(): Promise<KillReport> {
    return (this.#ending ??= this.#kill().finally(() => (this.#ending = null)));
  }

  /** Everything that was printed before the call is on disk, as far as the disk takes it. */
  flush(): Promise<void> {
    return this.#pump.flush();
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#transcript.close();
    this.#options.mirror.close(this.id);
  }

  snapshot(memoryOnly: boolean) {
    return freshSnapshot(this, this.#options.mirror, memoryOnly);
  }

  history(from: number) {
    return readTranscript(this.directory, from);
  }

  pressureChanged(): void {
    const paused =
      this.exit === null &&
      (this.#pump.holdsUp || this.#audience.holdsUp || (!this.exempt && this.#options.budget.isSpent(this)));
    if (paused === this.#paused || this.#pty === null) return;
    this.#paused = paused;
    if (paused) this.#pty.pause();
    else this.#pty.resume();
  }

  #noticed(seen: Seen): void {
    if (seen.kind !== 'query') this.#signals.saw(seen, this.#options.now());
    else if (!this.#audience.hasLease) this.#pty?.write(Buffer.from(replyTo(seen.query)));
  }

  #resize(size: TerminalSize): void {
    if (this.exit !== null || this.#pty === null) return;
    const { cols, rows } = this.#ring.size;
    if (cols === size.cols && rows === size.rows) return;
    this.#pty.resize(size);
    this.#ring.resize(size);
    this.#audience.send();
    this.#pump.wake();
    this.#options.changed(this);
  }

  #flushed(offset: number): void {
    this.#options.mirror.advance(this.id, offset);
    const checkpoint = this.#options.mirror.checkpointOf(this.id);
    if (checkpoint !== null)
      void this.#transcript.prune(checkpoint).catch((error) => this.#options.report(String(error)));
  }

  async #kill(): Promise<KillReport> {
    const root = this.exit === null ? this.#record.process : null;
    const survivors = await endTree({ marker: terminalMarker(this.id), root });
    if (survivors.length === 0) await this.#exitSeen();
    return { exit: this.exit, survivors };
  }

  /** The exit follows the last byte, which may take a moment after the last process. */
  #exitSeen(): Promise<void> {
    if (this.exit !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 2000);
      this.#exited.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** An ended terminal that nobody looks at keeps no memory but its status: its transcript holds the rest. */
  async #settle(): Promise<void> {
    if (this.exit === null) return;
    await this.flush();
    if (this.isViewed || this.#transcript.problem !== null) return;
    await this.#transcript.close();
    this.#options.mirror.close(this.id);
    this.#ring.release();
  }

  #save(): void {
    try {
      writeTerminalRecord(this.directory, this.#record);
    } catch (error) {
      // A full disk ends no agent; what is missing is the record for a time after this host.
      this.#options.report(`terminal ${this.id}: ${String(error)}`);
    }
  }
}
