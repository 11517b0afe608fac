// One client of the pty host: its requests, and the lanes of the terminals that it looks at.
import type { Socket } from 'node:net';
import type { RuntimeProblem, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { decodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { encodeFrame, frameHeaderSize, FrameSplitter, type Frame } from '#shared/rpc/frame.ts';
import type { FrameBuffers } from './frame-buffers.ts';
import type { PtyHost } from './host.ts';
import type { MirrorLink } from './mirror-link.ts';
import {
  controlFrame,
  decodeControl,
  encodeControl,
  helloSchema,
  protocolMajor,
  requestSchema,
  type Call,
  type ControlMessage,
  type Hello,
} from './protocol.ts';
import type { Ring } from './ring.ts';
import type { Terminal } from './terminal.ts';
import type { Viewer } from './viewer.ts';

/** Bytes queued for a client that does not read, above which its statuses wait. */
const statusLimit = 1024 * 1024;
/** Bytes queued for a client that asks but does not read, above which no more of its requests are taken until it does. */
const answerLimit = 8 * 1024 * 1024;

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly host: PtyHost;
  readonly mirror: MirrorLink;
  readonly hello: Hello;
  readonly buffers: FrameBuffers;
  readonly report: (what: string) => void;
}

interface OpenLane {
  readonly terminal: Terminal;
  readonly viewer: Viewer;
}

export function serveConnection(options: ConnectionOptions): void {
  const connection = new Connection(options);
  const { socket, report } = options;
  socket.on('data', (chunk) => {
    try {
      connection.receive(chunk);
    } catch (error) {
      report(`client dropped: ${String(error)}`);
      socket.destroy();
    }
  });
  socket.on('drain', () => connection.drained());
  // A client that went away is no error of ours; `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => connection.close());
}

class Connection {
  readonly #options: ConnectionOptions;
  readonly #splitter = new FrameSplitter();
  readonly #lanes = new Map<number, OpenLane>();
  readonly #held = new Map<string, TerminalStatus>();
  #channels = 0;
  #greeted = false;
  #closed = false;
  #stopWatching: (() => void) | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#say(options.hello);
  }

  receive(chunk: Uint8Array): void {
    for (const frame of this.#splitter.push(chunk)) {
      if (frame.channel !== 0) this.#laneFrame(frame);
      else if (frame.type === controlFrame) this.#control(decodeControl(frame.payload));
    }
  }

  drained(): void {
    this.#options.socket.resume();
    for (const status of this.#held.values()) this.#say({ type: 'status', status });
    this.#held.clear();
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching?.();
    for (const { terminal, viewer } of this.#lanes.values()) terminal.detach(viewer);
    this.#lanes.clear();
  }

  #control(message: unknown): void {
    if (!this.#greeted) return this.#greet(message);
    const request = requestSchema.safeParse(message);
    if (request.success) return void this.#reply(request.data.id, request.data.call);
    // A call that this version does not know gets an answer, anything else is skipped.
    const id = (message as { id?: unknown } | undefined)?.id;
    if (typeof id === 'number') this.#say({ type: 'reply', id, result: fail(notUnderstood(request.error.message)) });
  }

  #greet(message: unknown): void {
    const hello = helloSchema.parse(message);
    if (hello.major !== protocolMajor) throw new Error(`protocol ${hello.major}, not ${protocolMajor}`);
    if (hello.home !== this.#options.hello.home) throw new Error(`a client of another home: ${hello.home}`);
    this.#greeted = true;
  }

  async #reply(id: number, call: Call): Promise<void> {
    const result = await this.#answer(call).catch((error: unknown) => {
      this.#options.report(`${call.name}: ${error instanceof Error ? error.stack : String(error)}`);
      return fail(failed(String(error)));
    });
    try {
      this.#say({ type: 'reply', id, result });
    } catch (error) {
      // Longer than a frame: whoever asked can read the transcript.
      this.#say({ type: 'reply', id, result: fail(failed(String(error))) });
    }
  }

  async #answer(call: Call): Promise<Result<unknown, RuntimeProblem>> {
    const { host, mirror } = this.#options;
    switch (call.name) {
      case 'create':
        return host.create(call.spec);
      case 'probe':
        return ok(host.probe(call.terminal));
      case 'list':
        return ok(host.list());
      case 'forget':
        return host.forget(call.terminal);
      case 'watch':
        return ok(this.#watch());
      case 'detach':
        return ok(this.#detach(call.channel));
      case 'attach':
        return this.#attach(call);
      case 'kill':
        return this.#with(call.terminal, (terminal) => terminal.kill());
      case 'input':
        return this.#input(call.terminal, Buffer.from(call.bytes, 'base64'));
      case 'screen':
        return this.#asked(call.terminal, () => mirror.screen(call.terminal));
      case 'output':
        return this.#asked(call.terminal, () => mirror.output(call.terminal, call.lines));
    }
  }

  async #with<T>(id: string, act: (terminal: Terminal) => T | Promise<T>): Promise<Result<T, RuntimeProblem>> {
    const found = await this.#options.host.find(id);
    return found.ok ? ok(await act(found.value)) : found;
  }

  async #input(id: string, bytes: Uint8Array): Promise<Result<null, RuntimeProblem>> {
    const taken = await this.#with(id, (terminal) => terminal.input(bytes));
    if (!taken.ok) return taken;
    return taken.value ? ok(null) : fail(notTaken);
  }

  /** What the mirror knows; its null is a Problem. */
  async #asked<T>(id: string, ask: () => Promise<T | null>): Promise<Result<T, RuntimeProblem>> {
    const answer = await this.#with(id, async (terminal) => {
      await terminal.flush();
      return ask();
    });
    if (!answer.ok) return answer;
    return answer.value === null ? fail(noMirror) : ok(answer.value);
  }

  async #attach({
    terminal: id,
    from,
    lease,
  }: Extract<Call, { name: 'attach' }>): Promise<Result<unknown, RuntimeProblem>> {
    const found = await this.#options.host.find(id);
    if (!found.ok) return found;
    const channel = (this.#channels += 1);
    const viewer = found.value.attach(
      { from, lease },
      {
        send: (frame) => this.#send(encodeFrame({ ...frame, channel })),
        sendFrom: (ring, begin, to) => this.#sendOutput(ring, channel, begin, to),
      },
    );
    this.#lanes.set(channel, { terminal: found.value, viewer });
    return ok({ channel });
  }

  #detach(channel: number): null {
    const lane = this.#lanes.get(channel);
    this.#lanes.delete(channel);
    if (lane !== undefined) lane.terminal.detach(lane.viewer);
    return null;
  }

  /** Frames of a lane that has just been closed, and types not known, are skipped. */
  #laneFrame({ channel, type, offset, payload }: Frame): void {
    const lane = this.#lanes.get(channel);
    if (lane === undefined) return;
    const { terminal, viewer } = lane;
    if (type === terminalFrame.input) terminal.input(payload);
    else if (type === terminalFrame.acknowledge) viewer.acknowledge(offset);
    else if (type === terminalFrame.resizeRequest) terminal.requestSize(viewer, decodeSize(payload));
    else if (type === terminalFrame.leaseRequest && payload[0] === 1) terminal.takeLease(viewer);
    else if (type === terminalFrame.leaseRequest) terminal.giveLease(viewer);
  }

  #watch(): null {
    this.#stopWatching ??= this.#options.host.statuses.on((status) => {
      if (this.#options.socket.writableLength > statusLimit) this.#held.set(status.terminal, status);
      else this.#say({ type: 'status', status });
    });
    for (const status of this.#options.host.list()) this.#say({ type: 'status', status });
    return null;
  }

  #say(message: ControlMessage): void {
    this.#send(encodeControl(message));
  }

  /** The way of nearly all bytes: they are copied into a buffer that is used again once the system has taken them. */
  #sendOutput(ring: Ring, channel: number, from: number, to: number): void {
    if (this.#closed) return;
    const { socket, buffers } = this.#options;
    const buffer = buffers.take(frameHeaderSize + to - from);
    socket.write(ring.frame(channel, from, to, buffer), () => buffers.give(buffer));
  }

  #send(bytes: Uint8Array): void {
    if (this.#closed) return;
    const { socket } = this.#options;
    socket.write(bytes);
    if (socket.writableLength > answerLimit) socket.pause();
  }
}

const notUnderstood = (details: string): RuntimeProblem => ({
  code: 'runtime-unreachable',
  what: 'The pty host did not understand the request.',
  kept: 'Its terminals run on.',
  todo: 'Start the sessions anew with this version when they have ended.',
  details,
});

const failed = (details: string): RuntimeProblem => ({
  code: 'runtime-unreachable',
  what: 'The pty host met an error.',
  kept: 'Its terminals run on.',
  todo: 'Try again; its log file says more.',
  details,
});

const notTaken: RuntimeProblem = {
  code: 'terminal-not-started',
  what: 'The input was not taken: the program has ended, or has not read what was typed before.',
};

const noMirror: RuntimeProblem = {
  code: 'runtime-unreachable',
  what: 'The mirror process that reads screens does not answer.',
  kept: 'The terminal runs on.',
  todo: 'Try again in a moment.',
};
