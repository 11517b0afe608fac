// One viewer of one terminal: what it was sent, what it has parsed, and when it has to start again from a snapshot.
import {
  encodeSize,
  flowControl,
  terminalFrame,
  type TerminalExit,
  type TerminalSize,
} from '#shared/domain/terminal.ts';
import { frameHeaderSize, type Frame } from '#shared/rpc/frame.ts';
import type { Ring } from './ring.ts';
import { exitFrame } from './transcript.ts';

export type LaneFrame = Pick<Frame, 'type' | 'offset' | 'payload'>;

/** Where a viewer's frames go. */
export interface Lane {
  send(frame: LaneFrame): void;
  /** Bytes of the ring as one output frame. */
  sendFrom(ring: Ring, from: number, to: number): void;
}

/** Largest payload of one output frame, in bytes: the whole frame is what a client gets by one read of the socket. */
export const outputLimit = 64 * 1024 - frameHeaderSize;
/** Milliseconds at the high mark without an acknowledgement until the viewer counts as gone. */
const patience = 1000;

/** The screen at an offset; an empty text stands for an empty screen. */
export interface Snapshot {
  readonly offset: number;
  readonly size: TerminalSize;
  readonly flags: number;
  readonly text: Uint8Array;
}

export interface ViewerSource {
  readonly ring: Ring;
  readonly exit: TerminalExit | null;
  /** `memoryOnly`: what follows must be in the ring. */
  snapshot(memoryOnly: boolean): Promise<Snapshot>;
  /** Frames from the offset on, from disk. */
  history(from: number): AsyncIterable<Frame>;
  /** Called when the viewer begins or ends to hold up the terminal. */
  pressureChanged(): void;
}

type Mode =
  /** Sends from the ring. */
  | 'live'
  /** Sends from disk, because the ring begins later. */
  | 'history'
  /** Waits for a snapshot that is being made. */
  | 'snapshot'
  /** Gone for now: its next acknowledgement brings a snapshot. */
  | 'lost';

export class Viewer {
  readonly #source: ViewerSource;
  readonly #lane: Lane;
  #mode: Mode = 'snapshot';
  #position = 0;
  #acknowledged = 0;
  #blocked = false;
  #heard = true;
  #size: TerminalSize | null = null;
  #exitSent = false;
  /** Changes of the lease, to be told at their place in the stream: what lies before is replay, or another's to answer. */
  #leaseMarks: { readonly offset: number; readonly held: boolean }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #waiter: (() => void) | null = null;
  #closed = false;
  /** Counts beginnings, so that what an earlier one still waits for is dropped. */
  #generation = 0;
  wantedSize: TerminalSize | null = null;

  constructor(source: ViewerSource, lane: Lane) {
    this.#source = source;
    this.#lane = lane;
  }

  /** Bytes that the viewer has not parsed. */
  get unacknowledged(): number {
    return this.#position - this.#acknowledged;
  }

  /** True while the terminal should wait for this viewer, if it is one that counts. */
  get holdsUp(): boolean {
    const behind = this.#mode === 'history' && this.#source.ring.end - this.#position > this.#source.ring.capacity / 2;
    return this.#mode !== 'lost' && (this.#blocked || behind);
  }

  /** From an offset exactly, when its bytes are kept; else from a snapshot. */
  async start(from: 'screen' | number): Promise<void> {
    if (from === 'screen' || from > this.#source.ring.end) return this.#restart();
    this.#position = this.#acknowledged = from;
    if (from >= this.#source.ring.start) this.#mode = 'live';
    else void this.#replayHistory();
    this.pump();
  }

  /** Sends what the flow control allows: all, or only whole frames, because more is on its way. */
  pump(least = 0): void {
    if (this.#closed || this.#mode !== 'live') return;
    while (!this.#blocked && this.#mode === 'live' && this.#source.ring.end - this.#position >= least && this.#step());
  }

  acknowledge(offset: number): void {
    if (offset > this.#position) return;
    const progress = offset > this.#acknowledged;
    this.#acknowledged = Math.max(this.#acknowledged, offset);
    this.#heard = true;
    if (this.#mode === 'lost') return void this.#restart();
    if (!this.#blocked) return;
    if (this.unacknowledged <= flowControl.low) this.#unblock();
    else if (progress) this.#waitForAcknowledgement();
  }

  markLease(held: boolean): void {
    this.#leaseMarks.push({ offset: this.#source.ring.end, held });
    this.pump();
  }

  close(): void {
    this.#closed = true;
    this.#stopWaiting();
    this.#waiter?.();
  }

  /** One frame; false when there is nothing to send now. */
  #step(): boolean {
    const { ring, exit } = this.#source;
    if (this.#position < ring.start) return this.#fallBehind();
    this.#sendLeaseMarks();
    this.#sendSize(ring.sizeAt(this.#position));
    if (this.#position === ring.end) {
      if (exit !== null) this.#sendExit(exit);
      return false;
    }
    const to = Math.min(
      ring.end,
      this.#position + outputLimit,
      ring.nextResize(this.#position)?.offset ?? Infinity,
      this.#leaseMarks[0]?.offset ?? Infinity,
    );
    this.#lane.sendFrom(ring, this.#position, to);
    this.#sent(to);
    return true;
  }

  #fallBehind(): false {
    void this.#restart();
    return false;
  }

  #sent(to: number): void {
    this.#position = to;
    if (this.unacknowledged >= flowControl.high) this.#block();
  }

  #sendSize(size: TerminalSize): void {
    if (this.#size?.cols === size.cols && this.#size.rows === size.rows) return;
    this.#size = size;
    this.#lane.send({ type: terminalFrame.resize, offset: this.#position, payload: encodeSize(size) });
  }

  #sendLeaseMarks(): void {
    for (
      let mark = this.#leaseMarks[0];
      mark !== undefined && mark.offset <= this.#position;
      mark = this.#leaseMarks[0]
    ) {
      this.#leaseMarks.shift();
      this.#lane.send({ type: terminalFrame.lease, offset: this.#position, payload: Uint8Array.of(mark.held ? 1 : 0) });
    }
  }

  #sendExit(exit: TerminalExit): void {
    if (this.#exitSent) return;
    this.#exitSent = true;
    this.#lane.send(exitFrame(this.#position, exit));
  }

  #block(): void {
    this.#blocked = true;
    this.#waitForAcknowledgement();
    this.#source.pressureChanged();
  }

  #unblock(): void {
    this.#blocked = false;
    this.#stopWaiting();
    this.#waiter?.();
    this.#source.pressureChanged();
    this.pump();
  }

  /** A lost acknowledgement may hold up the agent for this long and no longer. */
  #waitForAcknowledgement(): void {
    this.#stopWaiting();
    this.#timer = setTimeout(() => this.#giveUp(), patience);
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** One snapshot is sent into the silence, in case only the acknowledgement was lost; then nothing until it is heard again. */
  #giveUp(): void {
    this.#timer = null;
    const tryOnce = this.#heard;
    this.#heard = false;
    this.#mode = 'lost';
    this.#waiter?.();
    this.#source.pressureChanged();
    if (tryOnce) void this.#restart();
  }

  async #restart(memoryOnly = false): Promise<void> {
    const generation = ++this.#generation;
    this.#mode = 'snapshot';
    this.#stopWaiting();
    this.#blocked = false;
    this.#waiter?.();
    this.#source.pressureChanged();
    const snapshot = await this.#source.snapshot(memoryOnly);
    if (this.#closed || generation !== this.#generation) return;
    this.#lane.send({ type: terminalFrame.snapshot, offset: snapshot.offset, payload: snapshotPayload(snapshot) });
    this.#position = this.#acknowledged = snapshot.offset;
    this.#size = snapshot.size;
    this.#exitSent = false;
    if (snapshot.offset >= this.#source.ring.start) this.#mode = 'live';
    else void this.#replayHistory();
    this.pump();
  }

  /** Sends from disk until the ring takes over. A hole in what is kept ends in a snapshot. */
  async #replayHistory(): Promise<void> {
    const generation = ++this.#generation;
    const stale = () => this.#closed || generation !== this.#generation || this.#mode !== 'history';
    this.#mode = 'history';
    for await (const frame of this.#source.history(this.#position)) {
      if (stale()) return;
      if (!this.#replay(frame)) break;
      if (this.#blocked) await new Promise<void>((resolve) => (this.#waiter = resolve));
      if (this.#position >= this.#source.ring.start) break;
    }
    if (stale()) return;
    if (this.#position < this.#source.ring.start) return this.#restart(true);
    this.#mode = 'live';
    this.#source.pressureChanged();
    this.pump();
  }

  #replay({ type, offset, payload }: Frame): boolean {
    if (type === terminalFrame.resize && offset <= this.#position) {
      const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
      this.#sendSize({ cols: view.getUint16(0), rows: view.getUint16(2) });
    }
    if (type !== terminalFrame.output) return true;
    if (offset !== this.#position) return false;
    for (let rest = payload; rest.length > 0;) {
      this.#sendLeaseMarks();
      const size = Math.min(rest.length, (this.#leaseMarks[0]?.offset ?? Infinity) - this.#position);
      this.#lane.send({ type: terminalFrame.output, offset: this.#position, payload: rest.subarray(0, size) });
      this.#sent(this.#position + size);
      rest = rest.subarray(size);
    }
    return true;
  }
}

function snapshotPayload({ size, flags, text }: Snapshot): Uint8Array {
  const payload = new Uint8Array(5 + text.length);
  payload.set(encodeSize(size));
  payload[4] = flags;
  payload.set(text, 5);
  return payload;
}
