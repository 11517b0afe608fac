// The renderer with hot reload, in front of a host that starts anew when its sources change.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer, mergeConfig, type ProxyOptions } from 'vite';
import config from '../electron.vite.config.ts';
import { build } from './build.ts';
import { root } from './prepare.mjs';
import { cleanEnvironment } from './run.ts';

/** Milliseconds without another change before the host starts anew: editors write several files at once. */
const settle = 200;

// The host wants a built screen, also where nobody looks at that one.
if ((await build()) !== 0) process.exit(1);
const first = await startHost();
const target = new URL(first.address);
const vite = await createServer(
  mergeConfig((config as { renderer: object }).renderer, {
    configFile: false,
    root: join(root, 'src-renderer'),
    server: { port: Number(process.env['PORT'] ?? 5173), proxy: { '/ticket': proxy(), '/rpc': proxy() } },
  }),
);
await vite.listen();
announce(first.address);
restartOnChange(first.child);

/** The host accepts only its own address as Host and Origin. */
function proxy(): ProxyOptions {
  return {
    target: target.origin,
    changeOrigin: true,
    ws: true,
    configure: (server) => {
      server.on('proxyReq', (request) => request.setHeader('origin', target.origin));
      server.on('proxyReqWs', (request) => request.setHeader('origin', target.origin));
    },
  };
}

/** Runs the host from its sources and waits for the address that it prints. */
async function startHost(port?: string): Promise<{ child: ChildProcess; address: string }> {
  const options = ['serve', ...(port === undefined ? [] : ['--port', port])];
  const home = process.env['ATHENE_HOME'];
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'src-main', 'cli', 'main.ts'), ...options],
    { stdio: ['inherit', 'pipe', 'inherit'], env: cleanEnvironment(home === undefined ? {} : { ATHENE_HOME: home }) },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address === undefined) continue;
    child.stdout.resume();
    return { child, address };
  }
  throw new Error('The host ended before it printed its address');
}

function restartOnChange(started: ChildProcess): void {
  let child = started;
  let timer: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();
  const restart = async (): Promise<void> => {
    console.log('Sources of the host have changed: starting it anew …');
    await end(child);
    const next = await startHost(target.port);
    child = next.child;
    announce(next.address);
  };
  const changed = (_: string, file: string | null): void => {
    if (file?.endsWith('.test.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A source that does not parse ends the host at once: say so and wait for the next change.
      turn = turn.then(restart).catch((error: unknown) => console.error(String(error)));
    }, settle);
  };
  for (const folder of ['src-main', 'src-shared']) watch(join(root, folder), { recursive: true }, changed);
  process.on('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The same ticket, redeemed through the development server. */
function announce(address: string): void {
  const ticket = new URL(address);
  const front = vite.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5173/';
  console.log(`Open ${new URL(ticket.pathname + ticket.search, front).href}`);
}
