// The pty host's side of the mirror process: lines of JSON by pipe. Whatever happens to it, terminals go on without.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';

export interface MirrorLinkOptions {
  /** Starts the process; null when there is no mirror on this system. */
  readonly start: (() => ChildProcess) | null;
  readonly report: (what: string) => void;
}

/** Milliseconds between two words of progress about one terminal, and bytes that are worth one at once. */
const [advanceEvery, advanceBytes] = [100, 1024 * 1024];
/** Milliseconds before a mirror that died is started again: doubles from the first to the last. */
const restartAfter = { first: 500, last: 60_000 } as const;
/** Milliseconds for an answer with a screen. */
const answerTime = 5000;

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('checkpointed'), terminal: z.string(), offset: z.int(), request: z.int().optional() }),
  z.object({ type: z.literal('screen'), request: z.int(), screen: z.unknown() }),
  z.object({ type: z.literal('output'), request: z.int(), text: z.string() }),
  z.object({ type: z.literal('failed'), request: z.int(), why: z.string() }),
]);
type Message = z.infer<typeof messageSchema>;

interface Mirrored {
  readonly directory: string;
  flushed: number;
  told: number;
  checkpoint: number | null;
  timer: NodeJS.Timeout | null;
}

export class MirrorLink {
  readonly #options: MirrorLinkOptions;
  readonly #terminals = new Map<string, Mirrored>();
  readonly #waiting = new Map<number, (message: Message | null) => void>();
  #child: ChildProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #pause: number = restartAfter.first;
  #requests = 0;
  #closed = false;

  constructor(options: MirrorLinkOptions) {
    this.#options = options;
  }

  open(terminal: string, directory: string): void {
    if (this.#terminals.has(terminal)) return;
    this.#terminals.set(terminal, { directory, flushed: 0, told: 0, checkpoint: null, timer: null });
    if (this.#child === null && this.#restart === null) this.#begin();
    else this.#say({ type: 'open', terminal, directory });
  }

  /** The transcript is on disk up to the offset. */
  advance(terminal: string, offset: number): void {
    const mirrored = this.#terminals.get(terminal);
    if (mirrored === undefined) return;
    mirrored.flushed = offset;
    if (offset - mirrored.told >= advanceBytes) this.#tell(terminal, mirrored);
    else mirrored.timer ??= setTimeout(() => this.#tell(terminal, mirrored), advanceEvery);
  }

  close(terminal: string): void {
    const mirrored = this.#terminals.get(terminal);
    if (mirrored === undefined) return;
    this.#tell(terminal, mirrored);
    this.#terminals.delete(terminal);
    this.#say({ type: 'close', terminal });
  }

  /** Offset of the newest checkpoint known, null when there is none. */
  checkpointOf(terminal: string): number | null {
    return this.#terminals.get(terminal)?.checkpoint ?? null;
  }

  /** Asks for a checkpoint as fresh as possible; resolves in any case after `time` milliseconds. */
  async checkpoint(terminal: string, time: number): Promise<void> {
    const mirrored = this.#terminals.get(terminal);
    if (mirrored === undefined) return;
    this.#tell(terminal, mirrored);
    await this.#ask({ type: 'checkpoint', terminal }, time);
  }

  /** Null when the mirror can't tell. */
  async screen(terminal: string): Promise<TerminalScreen | null> {
    const mirrored = this.#terminals.get(terminal);
    if (mirrored !== undefined) this.#tell(terminal, mirrored);
    const answer = await this.#ask({ type: 'screen', terminal }, answerTime);
    return answer?.type === 'screen' ? (answer.screen as TerminalScreen) : null;
  }

  /** Null when the mirror can't tell. */
  async output(terminal: string, lines: number): Promise<string | null> {
    const mirrored = this.#terminals.get(terminal);
    if (mirrored !== undefined) this.#tell(terminal, mirrored);
    const answer = await this.#ask({ type: 'output', terminal, lines }, answerTime);
    return answer?.type === 'output' ? answer.text : null;
  }

  end(): void {
    this.#closed = true;
    if (this.#restart !== null) clearTimeout(this.#restart);
    this.#child?.stdin?.end();
    this.#child?.kill();
  }

  #tell(terminal: string, mirrored: Mirrored): void {
    if (mirrored.timer !== null) clearTimeout(mirrored.timer);
    mirrored.timer = null;
    if (mirrored.flushed === mirrored.told) return;
    mirrored.told = mirrored.flushed;
    this.#say({ type: 'advance', terminal, offset: mirrored.flushed });
  }

  #ask(question: object, time: number): Promise<Message | null> {
    if (this.#child === null) return Promise.resolve(null);
    const request = (this.#requests += 1);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer(request, null), time);
      this.#waiting.set(request, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
      this.#say({ ...question, request });
    });
  }

  #answer(request: number, message: Message | null): void {
    this.#waiting.get(request)?.(message);
    this.#waiting.delete(request);
  }

  /** Words that a stuck mirror does not read are dropped; it is told anew when it reads again, or has been replaced. */
  #say(message: object): void {
    const input = this.#child?.stdin;
    if (input === undefined || input === null || !input.writable || input.writableLength > 1024 * 1024) return;
    input.write(`${JSON.stringify(message)}\n`);
  }

  #begin(): void {
    if (this.#options.start === null || this.#closed) return;
    this.#restart = null;
    try {
      this.#adopt(this.#options.start());
    } catch (error) {
      this.#lost(`could not be started: ${String(error)}`);
    }
  }

  #adopt(child: ChildProcess): void {
    this.#child = child;
    child.once('error', (error) => this.#lost(error.message, child));
    child.once('exit', (code, signal) => this.#lost(`ended (${signal ?? code})`, child));
    // Writing to a mirror that has just died: its exit is on the way.
    child.stdin?.on('error', () => undefined);
    if (child.stdout) createInterface(child.stdout).on('line', (line) => this.#heard(line));
    for (const [terminal, mirrored] of this.#terminals) {
      mirrored.told = 0;
      this.#say({ type: 'open', terminal, directory: mirrored.directory });
      this.#tell(terminal, mirrored);
    }
  }

  #heard(line: string): void {
    const message = parse(line);
    if (message === null) return this.#options.report(`mirror: not understood: ${line.slice(0, 200)}`);
    this.#pause = restartAfter.first;
    const mirrored = message.type === 'checkpointed' ? this.#terminals.get(message.terminal) : undefined;
    if (mirrored !== undefined && message.type === 'checkpointed') mirrored.checkpoint = message.offset;
    if (message.request !== undefined) this.#answer(message.request, message);
  }

  #lost(why: string, child: ChildProcess | null = null): void {
    if (child !== this.#child) return;
    this.#child = null;
    for (const request of [...this.#waiting.keys()]) this.#answer(request, null);
    if (this.#closed) return;
    this.#options.report(`mirror: ${why}; again in ${this.#pause} ms`);
    this.#restart = setTimeout(() => this.#begin(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, restartAfter.last);
  }
}

function parse(line: string): Message | null {
  try {
    return messageSchema.parse(JSON.parse(line));
  } catch {
    return null; // Reported by the caller.
  }
}
