// The desktop app around this page, when there is one.
import { shellContract, type ShellContract } from '#shared/contract/shell-contract.ts';
import { connect } from '#shared/rpc/connect.ts';
import type { OutputOf } from '#shared/rpc/define-contract.ts';
import { keepConnected, type KeptConnection } from './kept-connection.ts';
import { helloWithin, openPort } from './open-port.ts';

export type ShellClient = KeptConnection<ShellContract>;

/** Null in a browser. */
export function openShell(page: Window = window): ShellClient | null {
  if (page.athene === undefined) return null;
  return keepConnected(() => connect(shellContract, openPort('shell', page), { build: 'renderer', helloWithin }));
}

export type WindowSelf = OutputOf<ShellContract, 'window.self'>;
/** Milliseconds before a desktop app that could not say which window this is is asked again. */
const again = 500;

/** Which window this page is in. Asks until there is an answer: without one there is nothing to show. */
export async function askSelf(shell: ShellClient): Promise<WindowSelf> {
  for (;;) {
    await connected(shell);
    const self = await shell.call('window.self', {});
    if (self.ok) return self.value;
    await new Promise((resolve) => setTimeout(resolve, again));
  }
}

async function connected({ state }: ShellClient): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (state.get().kind !== 'connected') return;
      stop();
      resolve();
    };
    const stop = state.subscribe(look);
    look();
  });
}
