// One viewer's lane to a terminal, over every reconnect: no byte twice, none lost, replies only when they are ours to give.
import {
  decodeSize,
  encodeSize,
  flowControl,
  terminalExitSchema,
  terminalFrame,
  type TerminalExit,
  type TerminalSize,
} from '#shared/domain/terminal.ts';
import type { Result } from '#shared/lib/result.ts';
import type { ByteLane, LaneFrame } from '#shared/rpc/byte-lane.ts';
import type { WireProblem } from '#shared/rpc/protocol.ts';
import { createStore, type Readable } from '../lib/store.ts';

/** Where a lane's frames go: an emulator that works through them in order, each `then` called when it got there. */
export interface ScreenPort {
  /** The bytes are the receiver's to keep. */
  write(bytes: Uint8Array, then: () => void): void;
  resize(size: TerminalSize): void;
  /** When everything before it was parsed: forget it all. `redrawn`: the program was asked to paint its screen anew. */
  reset(size: TerminalSize, redrawn: boolean): void;
  /** After a snapshot was written. */
  replayed(): void;
}

export interface LaneState {
  readonly link:
    | { readonly kind: 'attaching' }
    /** Bytes of a snapshot that is being drawn. */
    | { readonly kind: 'replaying'; readonly bytes: number }
    | { readonly kind: 'live' }
    /** `since`: ms since the epoch. */
    | { readonly kind: 'cut'; readonly since: number; readonly why: string }
    | { readonly kind: 'refused'; readonly problem: WireProblem };
  /** `unknown` until the host has told. */
  readonly lease: 'unknown' | 'held' | 'elsewhere';
  readonly exit: TerminalExit | null;
  /** Typed while nobody could take it; sent as soon as somebody can. Count of inputs, about one a key. */
  readonly held: number;
  /** Counted up when something typed could not be taken. */
  readonly refusals: number;
}

export interface LaneClient {
  readonly state: Readable<LaneState>;
  /** Opens the lane, or again after it was cut. Does nothing while one is open or being opened. */
  attach(): void;
  type(bytes: Uint8Array): void;
  /** May the emulator answer the program's question that it is parsing now? */
  readonly mayReply: () => boolean;
  requestSize(size: TerminalSize): void;
  /** Asks for the lease, or gives it back, as a window does that nobody sees. */
  requestLease(wanted: boolean): void;
  close(): void;
}

export interface LaneOptions {
  readonly open: (from: 'screen' | number, lease: boolean) => Promise<Result<ByteLane, WireProblem>>;
  readonly screen: ScreenPort;
  readonly now: () => number;
  /** Asked at each attach: a window that nobody sees takes the lease from nobody. */
  readonly wantsLease: () => boolean;
}

/** Bytes typed in advance that are kept; more is refused, visibly. */
const mostHeld = 64 * 1024;
/** Bytes of one input frame. */
const inputSlice = 16 * 1024;

export function createLaneClient({ open, screen, now, wantsLease }: LaneOptions): LaneClient {
  const state = createStore<LaneState>({
    link: { kind: 'attaching' },
    lease: 'unknown',
    exit: null,
    held: 0,
    refusals: 0,
  });
  const change = (part: Partial<LaneState>): void => state.update((before) => ({ ...before, ...part }));
  let lane: ByteLane | null = null;
  let opening = false;
  let closed = false;
  /** Offset after the last byte that the emulator was given: from there the next lane goes on. Its queue outlives lanes. */
  let received: number | null = null;
  let parsed = 0;
  let acknowledged = 0;
  let typed = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let replays = 0;
  let size: TerminalSize | null = null;
  let wanted: TerminalSize | null = null;
  /** Counts lanes, so that what an earlier one queued is told from the present one's. */
  let generation = 0;

  return {
    state,
    attach: () => void attach(),
    type,
    mayReply: () => lane !== null && replays === 0 && state.get().lease === 'held',
    requestSize(next) {
      wanted = next;
      askForSize();
    },
    requestLease: (lease) => lane?.send(terminalFrame.leaseRequest, 0, Uint8Array.of(lease ? 1 : 0)),
    close() {
      closed = true;
      lane?.close('The terminal is not shown any more');
      lane = null;
    },
  };

  async function attach(): Promise<void> {
    if (closed || opening || lane !== null) return;
    opening = true;
    const lease = wantsLease();
    const opened = await open(received ?? 'screen', lease);
    opening = false;
    if (!opened.ok) return refuse(opened.problem);
    if (closed) return opened.value.close();
    generation += 1;
    lane = opened.value;
    acknowledged = parsed;
    change({
      link: received === null ? { kind: 'attaching' } : { kind: 'live' },
      lease: lease ? 'unknown' : 'elsewhere',
    });
    const own = lane;
    own.onClose((why) => cut(own, why ?? 'The host closed the lane'));
    own.onFrame((frame) => {
      if (lane === own) receive(frame);
    });
  }

  function refuse(problem: WireProblem): void {
    if (problem.code === 'disconnected')
      change({ link: { kind: 'cut', since: now(), why: problem.what }, lease: 'unknown' });
    else change({ link: { kind: 'refused', problem }, lease: 'unknown' });
  }

  function cut(own: ByteLane, why: string): void {
    if (lane !== own) return;
    lane = null;
    if (!closed) change({ link: { kind: 'cut', since: now(), why }, lease: 'unknown' });
  }

  function receive({ type: kind, offset, payload }: LaneFrame): void {
    switch (kind) {
      case terminalFrame.output:
        return output(offset, payload.slice());
      case terminalFrame.snapshot:
        return snapshot(offset, payload.slice());
      case terminalFrame.resize:
        return inOrder((copy) => resized(decodeSize(copy)), payload);
      case terminalFrame.lease:
        return inOrder((copy) => leased(copy[0] === 1), payload);
      case terminalFrame.exit:
        return inOrder(exited, payload);
      default:
        return undefined; // A newer host's frame.
    }
  }

  function output(offset: number, bytes: Uint8Array): void {
    const expected = received ?? offset;
    // A hole can't be mended from here: start again from what the screen is now.
    if (offset > expected) return startAgain();
    const fresh = bytes.subarray(Math.min(bytes.length, expected - offset));
    if (fresh.length === 0) return;
    received = expected + fresh.length;
    const end = received;
    const own = generation;
    screen.write(fresh, () => {
      parsed = end;
      if (state.get().link.kind === 'attaching') change({ link: { kind: 'live' } });
      if (own === generation) acknowledge(end);
    });
  }

  function acknowledge(offset: number): void {
    if (offset - acknowledged < flowControl.acknowledgeEvery || lane === null) return;
    acknowledged = offset;
    lane.send(terminalFrame.acknowledge, offset, new Uint8Array(0));
  }

  function startAgain(): void {
    received = null;
    const own = lane;
    lane = null;
    own?.close('A hole in the stream');
    void attach();
  }

  function snapshot(offset: number, payload: Uint8Array): void {
    const snapshotSize = decodeSize(payload);
    const redrawn = (payload[4] ?? 0) === 1;
    const text = payload.subarray(5);
    received = offset;
    replays += 1;
    const own = generation;
    change({ link: { kind: 'replaying', bytes: text.length } });
    screen.reset(snapshotSize, redrawn);
    screen.write(text, () => {
      replays -= 1;
      size = snapshotSize;
      parsed = offset;
      screen.replayed();
      if (own !== generation) return;
      acknowledged = offset;
      lane?.send(terminalFrame.acknowledge, offset, new Uint8Array(0));
      change({ link: { kind: 'live' } });
      askForSize();
    });
  }

  /** Done when everything before it has been parsed. */
  function inOrder(act: (payload: Uint8Array) => void, payload: Uint8Array): void {
    const copy = payload.slice();
    const own = generation;
    screen.write(new Uint8Array(0), () => {
      if (own === generation) act(copy);
    });
  }

  function resized(next: TerminalSize): void {
    size = next;
    screen.resize(next);
  }

  function leased(held: boolean): void {
    change({ lease: held ? 'held' : 'elsewhere' });
    if (!held) return;
    flush();
    askForSize();
  }

  function exited(payload: Uint8Array): void {
    const exit = terminalExitSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    if (exit.success) change({ exit: exit.data });
  }

  function askForSize(): void {
    if (lane === null || wanted === null || state.get().lease !== 'held' || state.get().exit !== null) return;
    if (size !== null && size.cols === wanted.cols && size.rows === wanted.rows) return;
    lane.send(terminalFrame.resizeRequest, 0, encodeSize(wanted));
  }

  function type(bytes: Uint8Array): void {
    const { lease, exit } = state.get();
    if (exit !== null || lease === 'elsewhere') return change({ refusals: state.get().refusals + 1 });
    if (lane !== null && lease === 'held') return send(bytes);
    if (waitingBytes + bytes.length > mostHeld) return change({ refusals: state.get().refusals + 1 });
    waiting.push(bytes);
    waitingBytes += bytes.length;
    change({ held: waiting.length });
  }

  function flush(): void {
    const kept = waiting;
    waiting = [];
    waitingBytes = 0;
    for (const bytes of kept) send(bytes);
    change({ held: 0 });
  }

  function send(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += inputSlice) {
      const slice = bytes.subarray(from, from + inputSlice);
      lane?.send(terminalFrame.input, typed, slice);
      typed += slice.length;
    }
  }
}
