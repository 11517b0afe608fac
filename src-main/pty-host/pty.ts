// The door to node-pty: bytes in, bytes out, and an exit that counts only after everything printed was delivered.
import { readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { spawn, type IPty } from 'node-pty';
import { faultPoint } from '#main/lib/fault-points.ts';
import type { TerminalSize } from '#shared/domain/terminal.ts';

export interface PtyOptions {
  /** Absolute path of the program. */
  readonly file: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly size: TerminalSize;
  /** The bytes are the callee's only until it returns. */
  readonly onData: (bytes: Buffer) => void;
  /** Bytes that may be taken at once, so that others get their turn. */
  readonly allowance: () => number;
  /** Called once, after the last byte. `signal` is null when the program ended by itself. */
  readonly onExit: (exit: { readonly code: number | null; readonly signal: number | null }) => void;
}

export interface Pty {
  readonly pid: number;
  /** False when more is queued than a program can have overlooked; nothing of `bytes` is taken then. */
  write(bytes: Uint8Array): boolean;
  resize(size: TerminalSize): void;
  /** The kernel then stops the program once its buffer is full. */
  pause(): void;
  resume(): void;
}

/** Bytes typed that wait for a program which does not read. */
const inputLimit = 4 * 1024 * 1024;

export function openPty(options: PtyOptions): Pty {
  faultPoint('process', 'pty-spawn');
  const { file, cwd, env, size } = options;
  const pty = spawn(file, [...options.arguments], {
    ...size,
    cwd,
    env: { ...env },
    name: env['TERM'] ?? 'xterm-256color',
    encoding: null,
  });
  pty.onExit(({ exitCode, signal }) =>
    options.onExit(signal ? { code: null, signal } : { code: exitCode, signal: null }),
  );
  const { _socket: socket, fd } = pty as unknown as UnixInternals;
  // With `encoding: null` the listener gets Buffers, whatever the type says.
  const listen = (listener: (chunk: Buffer) => void) => pty.onData((chunk) => listener(chunk as unknown as Buffer));
  if (socket === undefined || fd === undefined) {
    listen(options.onData);
    return windowsPty(pty);
  }
  listen((chunk) => readOn(socket, fd, chunk, options));
  drainBeforeDestroy(socket, fd, options.onData);
  return unixPty(pty, socket, fd);
}

/** Of node-pty's UnixTerminal (pinned version): the stream over the master and its descriptor. */
interface UnixInternals {
  readonly _socket?: Socket;
  readonly fd?: number;
}

function unixPty(pty: IPty, socket: Socket, fd: number): Pty {
  const input = new InputQueue(fd);
  socket.once('close', () => input.close());
  return {
    pid: pty.pid,
    write: (bytes) => input.write(bytes),
    resize: ({ cols, rows }) => {
      if (!socket.destroyed) pty.resize(cols, rows);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
  };
}

const windowsPty = (pty: IPty): Pty => ({
  pid: pty.pid,
  write: (bytes) => {
    pty.write(Buffer.from(bytes));
    return true;
  },
  resize: ({ cols, rows }) => pty.resize(cols, rows),
  pause: () => pty.pause(),
  resume: () => pty.resume(),
});

/** What one read of a PTY gives at most on Linux; whoever got less has emptied it. */
const wholeRead = 4095;
const gathered = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Under a flood each event of the stream brings 4 KB, in a buffer of its own, and costs as much as reading them. What else waits in the
 * kernel is read on the spot and delivered together.
 */
function readOn(socket: Socket, fd: number, chunk: Buffer, { allowance, onData }: PtyOptions): void {
  // Bytes that the stream still holds come before those of the descriptor.
  if (chunk.length < wholeRead || chunk.length > gathered.length || socket.readableLength > 0) return onData(chunk);
  const limit = Math.min(allowance(), gathered.length);
  let size = chunk.copy(gathered);
  for (let count = wholeRead; count >= wholeRead && limit - size >= wholeRead; size += count)
    count = readNow(fd, gathered, size);
  onData(gathered.subarray(0, size));
}

/**
 * Three things close the stream with bytes still unread: libuv takes a hang-up after a short read for the end, node-pty gives a dead
 * program's stream 200 ms, and an error drops what a paused stream holds. All of them pass `destroy`, so the rest is read there.
 */
function drainBeforeDestroy(socket: Socket, fd: number, deliver: (bytes: Buffer) => void): void {
  const destroy = socket.destroy.bind(socket);
  let drained = false;
  socket.destroy = (error?: Error) => {
    if (!drained) {
      drained = true;
      // Reading emits `data`, in order, also while paused.
      while (socket.read() !== null);
      drainDescriptor(fd, deliver);
    }
    return destroy(error);
  };
}

/** Bytes. The kernel holds about 64 KB; the limit is for a child that goes on printing after its parent's end. */
const drainLimit = 128 * 1024;

function drainDescriptor(fd: number, deliver: (bytes: Buffer) => void): void {
  for (let total = 0; total < drainLimit;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const count = readNow(fd, chunk);
    if (count === 0) return;
    total += count;
    deliver(chunk.subarray(0, count));
  }
}

/** 0 at the end: EIO is how Linux says that nobody holds the other side, EAGAIN that nothing is there now. */
function readNow(fd: number, target: Buffer, at = 0): number {
  try {
    return readSync(fd, target, at, target.length - at, null);
  } catch {
    return 0; // Whatever the error is, nothing more can be read.
  }
}

/**
 * Writes at once, and later what the kernel does not take now. node-pty's own queue spins while a program does not read, and may
 * still write after its descriptor was closed and given to another terminal.
 */
class InputQueue {
  readonly #fd: number;
  #waiting: Uint8Array[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | null = null;
  #pause = 1;
  #closed = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#closed || this.#size + bytes.length > inputLimit) return false;
    if (bytes.length === 0) return true;
    this.#waiting.push(Uint8Array.from(bytes));
    this.#size += bytes.length;
    if (this.#timer === null) this.#flush();
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = null;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const written = writeNow(this.#fd, next);
      this.#size -= written;
      if (written === next.length) this.#waiting.shift();
      else this.#waiting[0] = next.subarray(written);
      if (written > 0) this.#pause = 1;
      else return this.#later();
    }
  }

  /** Milliseconds: soon at first, ten times a second for a program that sleeps. */
  #later(): void {
    this.#timer = setTimeout(() => this.#flush(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, 100);
  }
}

function writeNow(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    // EAGAIN: full now. EIO: the program is gone, its exit is on the way.
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EAGAIN' ? 0 : bytes.length;
  }
}
