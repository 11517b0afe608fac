// The browser host: the same screen as the desktop app, for a browser on this machine.
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { readVariable } from '#shared/domain/environment.ts';
import type { Host } from '../host/host.ts';
import { probePath } from '../lib/files.ts';
import { packageRoot } from '../lib/package-root.ts';
import { atheneVersion } from '../lib/version.ts';
import type { Server } from '../server/http-server.ts';
import { defineCommand, usageError } from './command.ts';
import { CommandFailed, printProblem } from './command-failed.ts';
import { openBrowser } from './open-browser.ts';

export const serve = defineCommand({
  name: 'serve',
  summary: 'shows it all in a browser on this machine',
  options: {
    port: { value: 'N', says: 'on this port, instead of ATHENE_PORT or any free one' },
    json: { says: 'prints one line {"url", "port", "pid"}' },
    open: { says: 'opens the browser' },
  },
  notes: `Prints an address with a ticket that lets one browser in, once, within a minute; Enter prints a new one.
Goes on until Ctrl+C; the agents go on after it.`,
  async run({ values }) {
    const asked = values.port ?? (readVariable(process.env, 'PORT') || undefined);
    const place = { port: readPort(asked), rendererDirectory: rendererDirectory() };
    const { openHost } = await import('../host/open-host.ts');
    const host = await openHost({ env: process.env, live: true });
    if (!host.ok) throw new CommandFailed(host.problem);
    const refusal = host.value.authorise(host.value.callerOf(process.env), 'screen.serve', {});
    if (refusal !== null) {
      await host.value.close();
      throw new CommandFailed(refusal);
    }
    if (host.value.storage !== null) printProblem(host.value.storage.problem);
    const server = await startServer(host.value, place);
    const url = server.mintTicketUrl();
    if (values.json) process.stdout.write(`${JSON.stringify({ url, port: server.port, pid: process.pid })}\n`);
    else {
      const opened = values.open === true && (await openBrowser(url));
      greet(opened ? server.mintTicketUrl() : url, opened);
    }
    await untilStopped(server);
    if (!values.json) process.stdout.write('\nAthene has stopped. The agents go on.\n');
    await server.close();
    await host.value.close();
    return 0;
  },
});

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw usageError('--port (or ATHENE_PORT) takes a number from 0 to 65535.');
}

interface Place {
  readonly port: number | undefined;
  readonly rendererDirectory: string;
}

async function startServer(host: Host, { port, rendererDirectory: directory }: Place): Promise<Server> {
  const report = (error: unknown, correlation: string | null = null) =>
    host.sessions.log('server.failed', { error: String(error), correlation });
  const [{ createServer }, { contract }, { serve: serveContract }] = await Promise.all([
    import('../server/http-server.ts'),
    import('#shared/contract/contract.ts'),
    import('#shared/rpc/serve.ts'),
  ]);
  const server = await createServer({
    runDirectory: host.sessions.paths.run,
    rendererDirectory: directory,
    ...(port === undefined ? {} : { port }),
    serveConnection: (transport) =>
      void serveContract(
        contract,
        host.handlers,
        transport,
        { kind: 'window' },
        { build: atheneVersion(), onError: report },
      ),
    onError: report,
  });
  if (server.ok) return server.value;
  await host.close();
  throw new CommandFailed(server.problem);
}

function rendererDirectory(): string {
  const directory = join(packageRoot(), 'dist', 'renderer');
  if (probePath(join(directory, 'index.html')).kind !== 'absent') return directory;
  throw new CommandFailed({
    code: 'not-built',
    what: 'The screen has not been built yet.',
    todo: 'Run `npm start` in the directory of Athene: it builds and starts it.',
  });
}

function greet(url: string, opened: boolean): void {
  process.stdout.write(
    [
      '',
      opened
        ? '  Athene is open in your browser. For another one:'
        : '  Athene runs. Open this in a browser on this machine:',
      '',
      `    ${url}`,
      '',
      '  The address works once, for a minute; press Enter for a new one.',
      '  Ctrl+C stops the screen. The agents go on without it.',
      '',
    ].join('\n') + '\n',
  );
}

/** Until SIGINT, SIGTERM or SIGHUP. Enter prints a fresh address meanwhile. */
function untilStopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const lines = process.stdin.isTTY ? createInterface({ input: process.stdin }) : null;
    const stop = () => {
      lines?.close();
      resolve();
    };
    lines?.on('line', () => process.stdout.write(`    ${server.mintTicketUrl()}\n`));
    // readline takes Ctrl+C for itself while it reads.
    lines?.on('SIGINT', stop);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  });
}
