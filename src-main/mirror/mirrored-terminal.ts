// One terminal in the mirror: follows its transcript on demand, keeps its checkpoint fresh, and can forget all but that.
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { terminalFrame } from '#shared/domain/terminal.ts';
import type { Frame } from '#shared/rpc/frame.ts';
import type { CharsetNames } from './charsets.ts';
import { checkpointFrame, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { Flood, type FloodEnd } from './flood.ts';
import type { Pace } from './pace.ts';
import { Replay } from './replay.ts';
import { readOutput, readScreen } from './screen.ts';
import { mirrorScrollback } from './terminal.ts';
import { TranscriptFollower } from './transcript-follower.ts';
import { renderOutput } from './render-output.ts';

/** Output bytes after which a checkpoint is written even though output goes on: a reveal replays at most about this much. */
const checkpointEvery = 2 * 1024 * 1024;

export interface MirroredTerminalOptions {
  readonly directory: string;
  readonly nameOf: CharsetNames;
  readonly onCheckpoint: (offset: number) => void;
  readonly pace: Pace;
  /** Milliseconds on any clock that does not go back. */
  readonly now: () => number;
}

/** Output bytes behind which a mirror no longer tries to parse everything. */
const floodBehind = 8 * 1024 * 1024;
/** Output bytes behind which there is no time to rest: what is behind can't be pruned from the disk. */
const restBehind = 48 * 1024 * 1024;
/** Milliseconds without progress of the host after which its program counts as quiet: it tells at least ten times a second. */
const quietAfter = 250;

interface Live {
  readonly replay: Replay;
  readonly follower: TranscriptFollower;
}

/** Calls queue up behind each other. */
export class MirroredTerminal {
  readonly #options: MirroredTerminalOptions;
  #live: Live | null = null;
  #checkpoint: number | null = null;
  /** Null as long as the host has not said. */
  #written: number | null = null;
  #writtenAt = -Infinity;
  /** Calls for which somebody waits. */
  #asked = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: MirroredTerminalOptions) {
    this.#options = options;
  }

  get isLive(): boolean {
    return this.#live !== null;
  }

  /** Output bytes that the host has written and no terminal in memory shows yet. */
  get waiting(): number {
    return Math.max((this.#written ?? 0) - (this.#live?.replay.replica.offset ?? this.#checkpoint ?? 0), 0);
  }

  /** The transcript is on disk up to the offset. */
  advance(offset: number): void {
    this.#written = Math.max(this.#written ?? 0, offset);
    this.#writtenAt = this.#options.now();
  }

  /** In the background: it takes its time while output goes on. */
  catchUp(): Promise<void> {
    return this.#inTurn(() => this.#follow());
  }

  screen(): Promise<TerminalScreen> {
    return this.#atOnce(async () => {
      await this.#follow();
      return readScreen((await this.#open()).replay.replica);
    });
  }

  output(lines: number): Promise<string> {
    if (lines > mirrorScrollback) return renderOutput(this.#options.directory, lines);
    return this.#atOnce(async () => {
      await this.#follow();
      return readOutput((await this.#open()).replay.replica, lines);
    });
  }

  /** Resolves to the offset that the file on disk stands for. Throws an Error when there is nowhere to cut, or the disk refuses. */
  checkpoint(): Promise<number> {
    return this.#atOnce(async () => {
      await this.#follow();
      return this.#write();
    });
  }

  /** Leaves nothing in memory; the checkpoint on disk and the transcript remain. */
  drop(): Promise<void> {
    return this.#inTurn(async () => this.#forget());
  }

  #forget(): void {
    this.#live?.replay.replica.dispose();
    this.#live = null;
  }

  /** Also what it has to wait for hurries from now on. */
  #atOnce<T>(run: () => Promise<T>): Promise<T> {
    this.#asked += 1;
    return this.#inTurn(run).finally(() => (this.#asked -= 1));
  }

  #hurries(): boolean {
    const quiet = this.#options.now() - this.#writtenAt > quietAfter;
    return this.#asked > 0 || quiet || this.waiting > restBehind;
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run);
    // The caller of `result` hears of the failure; the next in the queue must run all the same.
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #open(): Promise<Live> {
    if (this.#live !== null) return this.#live;
    const { directory, nameOf, pace } = this.#options;
    const cut = await readCheckpoint(directory);
    this.#checkpoint = cut?.offset ?? null;
    const replay = new Replay({ cut, nameOf, pace, hurries: () => this.#hurries() });
    this.#live = { replay, follower: new TranscriptFollower(directory, cut?.offset ?? 0) };
    return this.#live;
  }

  async #follow(): Promise<void> {
    try {
      await this.#read(await this.#open());
    } catch (error) {
      // Somewhere between file and screen bytes are missing now: the next look begins again at the checkpoint.
      this.#forget();
      throw error;
    }
  }

  async #read({ replay, follower }: Live): Promise<void> {
    const target = this.#written ?? Number.POSITIVE_INFINITY;
    const flood = this.waiting < floodBehind ? null : new Flood(mirrorScrollback);
    let seen = replay.replica.offset;
    for await (const frame of follower.frames(() => seen >= target)) {
      seen = frame.offset + (frame.type === terminalFrame.output ? frame.payload.length : 0);
      const known = frame.offset < replay.replica.offset;
      await this.#play(flood === null || known ? asIs(frame) : flood.push(frame, replay.replica), replay);
    }
    if (flood !== null) await this.#play(flood.end(), replay);
  }

  async #play({ jump, frames }: FloodEnd, replay: Replay): Promise<void> {
    if (jump !== null) replay.replica.skipTo(jump.offset, jump.colours);
    for (const frame of frames) {
      await replay.apply(frame);
      if (replay.replica.offset - (this.#checkpoint ?? 0) >= checkpointEvery) await this.#writeInPassing();
    }
  }

  async #write(): Promise<number> {
    const { replay } = await this.#open();
    const frame = checkpointFrame(replay.replica);
    if (frame === null) throw new Error('The screen cannot be cut here, or is too large for one frame');
    if (frame.offset === this.#checkpoint) return frame.offset;
    await writeCheckpoint(this.#options.directory, frame.bytes);
    this.#checkpoint = frame.offset;
    this.#options.onCheckpoint(frame.offset);
    return frame.offset;
  }

  /** While output goes on: where it can't be cut, or the disk is full, the next frame is a new chance. */
  async #writeInPassing(): Promise<void> {
    await this.#write().catch(() => undefined);
  }
}

const asIs = (frame: Frame): FloodEnd => ({ jump: null, frames: [frame] });
