// A client's connection to the pty host: greeting, requests and their replies, lanes of terminals.
import { createConnection, type Socket } from 'node:net';
import { faultPoint } from '#main/lib/fault-points.ts';
import { probePath } from '#main/lib/files.ts';
import { ownIdentity } from '#main/lib/process-identity.ts';
import {
  controlFrame,
  decodeControl,
  encodeControl,
  helloSchema,
  protocolMajor,
  protocolMinor,
  readStatus,
  type Call,
  type Hello,
  type SentStatus,
} from '#main/pty-host/protocol.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { encodeFrame, FrameSplitter, type Frame } from '#shared/rpc/frame.ts';
import type { RuntimeProblem, TerminalStatus } from '#shared/domain/terminal-status.ts';

/** Milliseconds for the greeting. A host that accepts and stays silent is stopped or stuck: it is reported, not replaced. */
const greetingTime = 5000;

export interface HostAddress {
  /** Socket path or pipe name. */
  readonly socket: string;
  readonly home: string;
  readonly build: string;
}

/** `absent`: nobody listens. `unreachable`: somebody does, and does not answer as a host of this home. */
export type Connecting =
  | { readonly kind: 'connected'; readonly connection: HostConnection }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreachable'; readonly why: string };

export function connectToHost(address: HostAddress): Promise<Connecting> {
  try {
    faultPoint('net', 'pty-host-connect');
  } catch (error) {
    return Promise.resolve(notConnected(error as NodeJS.ErrnoException));
  }
  // Where no socket is, nobody listens: most commands need no network code to know it.
  if (isNowhere(address.socket)) return Promise.resolve({ kind: 'absent' });
  return new Promise((resolve) => {
    const socket = createConnection(address.socket);
    const settle = (connecting: Connecting) => {
      clearTimeout(timer);
      if (connecting.kind !== 'connected') socket.destroy();
      resolve(connecting);
    };
    const timer = setTimeout(
      () => settle({ kind: 'unreachable', why: 'It accepts connections and does not answer.' }),
      greetingTime,
    );
    const connection = new HostConnection(socket, address, (hello) => {
      if (hello.home === address.home && hello.major === protocolMajor) settle({ kind: 'connected', connection });
      else settle({ kind: 'unreachable', why: `It serves ${hello.home} with protocol ${hello.major}.` });
    });
    socket.once('error', (error) => settle(notConnected(error)));
    // Accepted and closed before the greeting: a host that was just ending.
    socket.once('close', () => settle({ kind: 'absent' }));
  });
}

/** A pipe of Windows is no file. */
const isNowhere = (socket: string): boolean => process.platform !== 'win32' && probePath(socket).kind === 'absent';

function notConnected({ code, message }: NodeJS.ErrnoException): Connecting {
  return code !== undefined && absence.includes(code) ? { kind: 'absent' } : { kind: 'unreachable', why: message };
}

/** A reset is a host that died or ended between accepting and answering. */
const absence = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

export interface LaneListener {
  onFrame(frame: Frame): void;
  onClose(why: string): void;
}

export class HostConnection {
  readonly #socket: Socket;
  readonly #splitter = new FrameSplitter();
  readonly #waiting = new Map<number, (result: Result<unknown, RuntimeProblem>) => void>();
  readonly #lanes = new Map<number, LaneListener>();
  readonly #greeted: (hello: Hello) => void;
  #requests = 0;
  #ended = false;
  onStatus: (status: TerminalStatus) => void = () => undefined;
  onEnd: () => void = () => undefined;

  constructor(socket: Socket, { home, build }: HostAddress, greeted: (hello: Hello) => void) {
    this.#socket = socket;
    this.#greeted = greeted;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('close', () => this.#end());
    const { pid, startTime } = ownIdentity();
    socket.write(
      encodeControl({ type: 'hello', major: protocolMajor, minor: protocolMinor, build, home, pid, startTime }),
    );
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The value is as the host's call gives it; the caller names its type. */
  call<T>(call: Call): Promise<Result<T, RuntimeProblem>> {
    return new Promise((resolve) => this.#ask(call, (result) => resolve(result as Result<T, RuntimeProblem>)));
  }

  /** The listener hears nothing before the caller has got its answer. */
  attach(
    call: Extract<Call, { name: 'attach' }>,
    listener: LaneListener,
  ): Promise<Result<{ readonly channel: number }, RuntimeProblem>> {
    return new Promise((resolve) =>
      this.#ask(call, (answer) => {
        const result = answer as Result<{ readonly channel: number }, RuntimeProblem>;
        if (result.ok) this.#lanes.set(result.value.channel, heldUntilNextTurn(listener));
        resolve(result);
      }),
    );
  }

  detach(channel: number): void {
    if (!this.#lanes.delete(channel)) return;
    this.#ask({ name: 'detach', channel }, () => undefined);
  }

  send(frame: Frame): void {
    if (!this.#ended) this.#socket.write(encodeFrame(frame));
  }

  /** While nothing but other work should keep this process alive. */
  unref(): void {
    this.#socket.unref();
  }

  ref(): void {
    this.#socket.ref();
  }

  close(): void {
    this.#socket.destroy();
  }

  #ask(call: Call, answered: (result: Result<unknown, RuntimeProblem>) => void): void {
    if (this.#ended) return answered(fail(hostGone));
    try {
      faultPoint('net', `pty-host-${call.name}`);
    } catch (error) {
      return answered(fail({ ...hostGone, details: String(error) }));
    }
    const id = (this.#requests += 1);
    this.#waiting.set(id, answered);
    this.#socket.write(encodeControl({ type: 'request', id, call }));
  }

  #receive(chunk: Uint8Array): void {
    for (const frame of this.#split(chunk)) {
      if (frame.channel !== 0) this.#lanes.get(frame.channel)?.onFrame(frame);
      else if (frame.type === controlFrame) this.#control(decodeControl(frame.payload) as ControlFromHost | undefined);
    }
  }

  /** Something that sends no frames is no host; the connection ends. */
  #split(chunk: Uint8Array): Frame[] {
    try {
      return this.#splitter.push(chunk);
    } catch {
      this.#socket.destroy();
      return [];
    }
  }

  #control(message: ControlFromHost | undefined): void {
    if (message?.type === 'hello') this.#greeted(helloSchema.parse(message));
    else if (message?.type === 'status') this.onStatus(readStatus(message.status));
    else if (message?.type === 'reply') {
      const answered = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      answered?.(message.result.ok ? ok(message.result.value) : fail(message.result.problem));
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const answered of this.#waiting.values()) answered(fail(hostGone));
    this.#waiting.clear();
    for (const lane of this.#lanes.values()) lane.onClose('The pty host went away.');
    this.#lanes.clear();
    this.onEnd();
  }
}

/** Frames that came together with the reply wait until whoever attached goes on. */
function heldUntilNextTurn(listener: LaneListener): LaneListener {
  let held: (() => void)[] | null = [];
  setImmediate(() => {
    const due = held ?? [];
    held = null;
    for (const act of due) act();
  });
  const pass = (act: () => void) => (held === null ? act() : void held.push(act));
  return {
    onFrame: (frame) => pass(() => listener.onFrame(frame)),
    onClose: (why) => pass(() => listener.onClose(why)),
  };
}

type ControlFromHost =
  | Hello
  | { readonly type: 'status'; readonly status: SentStatus }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown, RuntimeProblem> };

export const hostGone: RuntimeProblem = {
  code: 'runtime-unreachable',
  what: 'The pty host went away while it was asked.',
  todo: 'Try again.',
};
