// All mirrored terminals of one pty host: what is parsed when, and what may stay in memory.
import type { CharsetNames } from './charsets.ts';
import type { HostMessage, MirrorMessage, Request } from './messages.ts';
import { MirroredTerminal } from './mirrored-terminal.ts';
import { Pace } from './pace.ts';

export interface MirrorLimits {
  /** Output bytes that may wait before they are parsed although output goes on. */
  readonly batch: number;
  /** Milliseconds without output after which a checkpoint is written. */
  readonly settled: number;
  /** Milliseconds without output or questions after which only the checkpoint is kept. */
  readonly idle: number;
  /** Terminals in memory at once (about 3 MB each with a full history). */
  readonly live: number;
  /** Terminals parsed at once in the background. */
  readonly parallel: number;
}

export const mirrorLimits: MirrorLimits = { batch: 256 * 1024, settled: 1000, idle: 30_000, live: 32, parallel: 2 };

export interface MirrorOptions {
  readonly send: (message: MirrorMessage) => void;
  readonly nameOf: CharsetNames;
  /** Milliseconds on any clock that does not go back. */
  readonly now: () => number;
  readonly warn: (line: string) => void;
  readonly limits?: MirrorLimits;
}

interface Entry {
  readonly mirrored: MirroredTerminal;
  /** When it last printed, and when it was last used. */
  printedAt: number;
  usedAt: number;
  /** Bytes came that no checkpoint holds. */
  unsettled: boolean;
  working: boolean;
  /** It is about to leave memory: to ask for that again would bring it back first. */
  leaving: boolean;
}

/** `receive` for each message of the host, `tick` now and then while `isBusy`. */
export class Mirror {
  readonly #options: MirrorOptions;
  readonly #limits: MirrorLimits;
  readonly #entries = new Map<string, Entry>();
  readonly #pace = new Pace();
  #working = 0;

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#limits = options.limits ?? mirrorLimits;
  }

  /** Something waits for a tick. */
  get isBusy(): boolean {
    return [...this.#entries.values()].some(({ unsettled, mirrored }) => unsettled || mirrored.isLive);
  }

  /** Terminals whose screens are in memory. */
  get liveCount(): number {
    return [...this.#entries.values()].filter(({ mirrored }) => mirrored.isLive).length;
  }

  receive(message: HostMessage): void {
    if (message.type === 'open') this.#open(message.terminal, message.directory);
    else if (message.type === 'advance') this.#advance(message.terminal, message.offset);
    else if (message.type === 'close') void this.#close(message.terminal);
    else void this.#answer(message);
  }

  /** Writes what has settled, drops what is idle, and goes on with what waits. */
  tick(): void {
    const now = this.#options.now();
    for (const [terminal, entry] of this.#entries) {
      if (entry.unsettled && (this.#waits(entry) || now - entry.printedAt >= this.#limits.settled))
        this.#work(terminal, entry);
      else if (!entry.unsettled && entry.mirrored.isLive && now - entry.usedAt >= this.#limits.idle)
        void entry.mirrored.drop();
    }
    this.#dropOldest();
  }

  #open(terminal: string, directory: string): void {
    if (this.#entries.has(terminal)) return;
    const { nameOf, send, now } = this.#options;
    const onCheckpoint = (offset: number): void => send({ type: 'checkpointed', terminal, offset });
    const mirrored = new MirroredTerminal({ directory, nameOf, onCheckpoint, pace: this.#pace, now });
    this.#entries.set(terminal, {
      mirrored,
      printedAt: now(),
      usedAt: now(),
      unsettled: false,
      working: false,
      leaving: false,
    });
  }

  #advance(terminal: string, offset: number): void {
    const entry = this.#entries.get(terminal);
    if (entry === undefined) return;
    entry.mirrored.advance(offset);
    entry.printedAt = entry.usedAt = this.#options.now();
    entry.unsettled = true;
    if (this.#waits(entry)) this.#work(terminal, entry);
  }

  /** The host forgets it next, or it has ended: its last screen is kept on disk as long as its directory is. */
  async #close(terminal: string): Promise<void> {
    const entry = this.#entries.get(terminal);
    if (entry === undefined) return;
    this.#entries.delete(terminal);
    if (entry.unsettled) await entry.mirrored.checkpoint().catch(() => undefined);
    await entry.mirrored.drop();
  }

  #waits({ mirrored }: Entry): boolean {
    return mirrored.waiting >= this.#limits.batch;
  }

  #work(terminal: string, entry: Entry): void {
    if (entry.working || this.#working >= this.#limits.parallel) return;
    entry.working = true;
    this.#working += 1;
    void this.#catchUp(entry)
      .catch((error: unknown) => this.#options.warn(`${terminal}: ${String(error)}`))
      .finally(() => {
        entry.working = false;
        this.#working -= 1;
        this.#dropOldest();
      });
  }

  async #catchUp(entry: Entry): Promise<void> {
    const { printedAt } = entry;
    await entry.mirrored.catchUp();
    if (entry.printedAt !== printedAt || this.#options.now() - printedAt < this.#limits.settled) return;
    entry.unsettled = false;
    await entry.mirrored.checkpoint();
  }

  async #answer(message: Extract<HostMessage, { request: Request }>): Promise<void> {
    const { request, terminal } = message;
    const entry = this.#entries.get(terminal);
    try {
      if (entry === undefined) throw new Error('The mirror does not know this terminal');
      entry.usedAt = this.#options.now();
      this.#options.send(await answerTo(message, entry.mirrored));
    } catch (error) {
      this.#options.send({ type: 'failed', request, why: error instanceof Error ? error.message : String(error) });
    }
  }

  #dropOldest(): void {
    const live = [...this.#entries.values()].filter(
      (entry) => entry.mirrored.isLive && !entry.working && !entry.leaving,
    );
    if (live.length <= this.#limits.live) return;
    const oldest = live.sort((a, b) => a.usedAt - b.usedAt).slice(0, live.length - this.#limits.live);
    for (const entry of oldest) {
      entry.leaving = true;
      void keepAndDrop(entry.mirrored).finally(() => (entry.leaving = false));
    }
  }
}

async function answerTo(
  message: Extract<HostMessage, { request: Request }>,
  mirrored: MirroredTerminal,
): Promise<MirrorMessage> {
  const { request, terminal } = message;
  switch (message.type) {
    case 'screen':
      return { type: 'screen', request, screen: await mirrored.screen() };
    case 'output':
      return { type: 'output', request, text: await mirrored.output(message.lines) };
    case 'checkpoint':
      return { type: 'checkpointed', terminal, offset: await mirrored.checkpoint(), request };
  }
}

/** Without a checkpoint of its own the next look costs a longer replay, nothing else. */
async function keepAndDrop(mirrored: MirroredTerminal): Promise<void> {
  await mirrored.checkpoint().catch(() => undefined);
  await mirrored.drop();
}
