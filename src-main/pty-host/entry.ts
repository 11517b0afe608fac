// The pty host's process: detached, one per home and protocol. It owns the PTYs; everything else may come and go.
import { chmodSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { parseArgs } from 'node:util';
import { plainEnvironment, startPiped } from '#main/lib/background-process.ts';
import { entryPath } from '#main/lib/entries.ts';
import { probePath, removeFile } from '#main/lib/files.ts';
import { waitForKernelLock, type KernelLock } from '#main/lib/kernel-lock.ts';
import { ownIdentity } from '#main/lib/process-identity.ts';
import { serveConnection } from './connection.ts';
import { FrameBuffers } from './frame-buffers.ts';
import { PtyHost } from './host.ts';
import { MirrorLink } from './mirror-link.ts';
import { protocolMajor, protocolMinor, type Hello } from './protocol.ts';

const { values: places } = parseArgs({
  options: {
    home: { type: 'string' },
    socket: { type: 'string' },
    lock: { type: 'string' },
    transcripts: { type: 'string' },
    'mirror-log': { type: 'string' },
    build: { type: 'string' },
    /** Milliseconds without terminal and client until it ends. */
    idle: { type: 'string' },
  },
});

/** Milliseconds that a host which is about to end may still hold the lock. */
const lockTime = 3000;

try {
  await main();
} catch (error) {
  report(`could not start: ${described(error)}`);
  process.exit(1);
}

async function main(): Promise<void> {
  // It has no terminal to hang up or to interrupt it, but a stray signal to a group must not end agents.
  for (const signal of ['SIGHUP', 'SIGINT'] as const) process.on(signal, () => undefined);
  const socket = required('socket');
  const lock = await becomeTheOne(socket);
  if (lock === null) return report('another host serves this home');
  if (await accepts(socket)) throw new Error(`${socket} is served by a process that does not hold the lock`);
  // With the lock held and nobody behind it, the socket is a leftover.
  if (probePath(socket).kind !== 'absent') removeFile(socket);
  await serve(socket, lock);
}

/** Null when another host has the lock and listens. One that is about to end still holds the lock for a moment. */
async function becomeTheOne(socket: string): Promise<KernelLock | null> {
  for (const deadline = performance.now() + lockTime; performance.now() < deadline;) {
    const lock = await waitForKernelLock(required('lock'), { timeout: 50 });
    if (lock !== null) return lock;
    if (await accepts(socket)) return null;
  }
  return null;
}

async function serve(socketPath: string, lock: KernelLock): Promise<void> {
  const identity = ownIdentity();
  const mirror = new MirrorLink({ start: mirrorStart(), report });
  const host = new PtyHost({ transcripts: required('transcripts'), identity, mirror, now: Date.now, report });
  const { pid, startTime } = identity;
  const build = places.build ?? 'unknown';
  const hello: Hello = {
    type: 'hello',
    major: protocolMajor,
    minor: protocolMinor,
    build,
    home: required('home'),
    pid,
    startTime,
  };
  const buffers = new FrameBuffers();
  let clients = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    clients += 1;
    socket.once('close', () => {
      clients -= 1;
      endWhenIdle();
    });
    serveConnection({ socket, host, mirror, hello, buffers, report });
  });
  const end = async () => {
    server.close();
    await host.close();
    // Also what keeps the lock from being collected, and so dropped, before.
    lock.release();
    process.exit(0);
  };
  const endWhenIdle = idleWatch(
    () => clients === 0 && host.living === 0,
    () => void end(),
  );
  host.populationChanged.on(endWhenIdle);
  process.on('SIGTERM', () => void end());
  // A mistake in one connection must not end the agents of all.
  process.on('uncaughtException', (error) => report(`error: ${described(error)}`));
  process.on('unhandledRejection', (error) => report(`error: ${described(error)}`));
  await listen(server, socketPath);
  report(`pty host ${build} serves ${required('home')}`);
  endWhenIdle();
}

function mirrorStart() {
  const entry = entryPath('mirror');
  if (probePath(entry).kind !== 'file') return null;
  const logFile = required('mirror-log');
  const env = plainEnvironment(process.env);
  return () => startPiped({ node: process.execPath, entry, arguments: [], cwd: required('home'), env, logFile });
}

/** Returns the function that looks again, to be called whenever a client or a terminal has gone. */
function idleWatch(isIdle: () => boolean, end: () => void): () => void {
  const time = Number(places.idle ?? 60_000);
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    if (isIdle()) timer = setTimeout(() => isIdle() && end(), time);
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      if (process.platform !== 'win32') chmodSync(path, 0o600);
      resolve();
    });
  });
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}

function required(name: 'home' | 'socket' | 'lock' | 'transcripts' | 'mirror-log'): string {
  const value = places[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function report(what: string): void {
  console.log(`${new Date().toISOString()} ${process.pid} ${what}`);
}
