import type { Host } from '../host/host.ts';
import { defineCommand, jsonOption } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { openBrowser } from './open-browser.ts';
import { ask, mustBeAllowed, withHost } from './open-local-host.ts';
import { runningServer, ticketFor } from './running-server.ts';
import { jsonLine } from './table.ts';

export const open = defineCommand({
  name: 'open',
  summary: 'opens the screen of the server that runs in a browser, at a session where one is named',
  words: [{ name: 'ID', optional: true, takes: 'session' }],
  options: jsonOption,
  notes: 'Prints an address that lets one browser in, once, within a minute.',
  run: ({ values, words: [id = null] }) =>
    withHost(async (host) => {
      if (id !== null) await ask(host, 'session.get', { id });
      const url = await addressFor(host, id);
      const opened = await openBrowser(url);
      process.stdout.write(values.json ? jsonLine({ url, opened }) : `${url}\n`);
      return 0;
    }),
});

/** Whoever has it may do what the person may. */
export async function addressFor(host: Host, session: string | null): Promise<string> {
  mustBeAllowed(host, 'screen.serve', {});
  const server = runningServer(host);
  const url = server === null ? null : await ticketFor(server, session);
  if (url !== null) return url;
  throw new CommandFailed({
    code: 'no-server',
    what: server === null ? 'No server of Athene runs.' : 'The server of Athene does not answer.',
    todo: 'Start one: athene serve --open',
  });
}
