// The page with hot reload in the browser, in front of `athene serve` from its sources.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ProxyOptions } from 'vite';
import { pageOrigin, servePage } from './dev-page.ts';
import { onHostSources } from './dev-sources.ts';
import { root } from './prepare.mjs';
import { cleanEnvironment } from './run.ts';

/** Until Ctrl+C. */
export async function devServer(): Promise<void> {
  let { child, address } = await startHost();
  const target = new URL(address);
  const vite = await servePage({ proxy: { '/ticket': proxyTo(target), '/rpc': proxyTo(target) } });
  const announce = (): void => {
    // The same ticket, redeemed through the development server.
    const ticket = new URL(address);
    console.log(`Open ${new URL(ticket.pathname + ticket.search, pageOrigin(vite)).href}`);
  };
  announce();
  onHostSources(async () => {
    console.log('Sources of the host have changed: starting it anew …');
    await end(child);
    ({ child, address } = await startHost(target.port));
    announce();
  });
  process.on('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
}

/** The host accepts only its own address as Host and Origin. */
function proxyTo(target: URL): ProxyOptions {
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
