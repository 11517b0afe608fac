import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { shellContract } from '#shared/contract/shell-contract.ts';
import { portKinds, type PortMessage } from '#shared/domain/desktop-bridge.ts';
import { connect } from '#shared/rpc/connect.ts';
import { messagePortTransport } from '#shared/rpc/message-port-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import { fakeShell } from '../dev/fake-shell.ts';
import { keepConnected } from './kept-connection.ts';
import { helloWithin, openPort } from './open-port.ts';
import { askSelf } from './shell-client.ts';

/** A page whose messages to itself are seen by what stands in for the preload script. */
function pageWith(take: (message: PortMessage, port: MessagePort) => void) {
  const heard: { message: unknown; origin: unknown }[] = [];
  const page = {
    location: { origin: 'athene://app' },
    postMessage(message: PortMessage, origin: string, ports: MessagePort[]) {
      heard.push({ message, origin });
      if (ports[0] !== undefined) take(message, ports[0]);
    },
  };
  return { heard, page: page as unknown as Pick<Window, 'postMessage' | 'location'> };
}

const shell = fakeShell({ session: null });
const serveOn = (port: MessagePort): void => {
  serve(shellContract, shell.handlers, messagePortTransport(port), null);
};
const keep = (page: Pick<Window, 'postMessage' | 'location'>) =>
  keepConnected(() => connect(shellContract, openPort('shell', page), { helloWithin }));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('hands one end to the desktop app, by name and to its own origin only', async () => {
  const { page, heard } = pageWith((_message, port) => serveOn(port));
  const kept = keep(page);
  const self = await askSelf(kept);
  kept.close();
  expect([heard, self.window.kind, portKinds]).toEqual([
    [{ message: { athene: 'port', kind: 'shell' }, origin: 'athene://app' }],
    'main',
    ['host', 'shell'],
  ]);
});

it('gives a port up that nobody took, and makes another', async () => {
  let taken = 0;
  const { page, heard } = pageWith((_message, port) => {
    taken += 1;
    if (taken > 1) serveOn(port);
  });
  const kept = keep(page);
  await vi.advanceTimersByTimeAsync(helloWithin);
  const waiting = kept.state.get().kind;
  await vi.advanceTimersByTimeAsync(1_000);
  await vi.waitFor(() => expect(kept.state.get().kind).toBe('connected'));
  kept.close();
  expect([waiting, heard.length]).toEqual(['reconnecting', 2]);
});

it('makes another port when the desktop app closes this one', async () => {
  const ports: MessagePort[] = [];
  const { page } = pageWith((_message, port) => {
    ports.push(port);
    serveOn(port);
  });
  const kept = keep(page);
  await vi.waitFor(() => expect(kept.state.get().kind).toBe('connected'));
  ports[0]?.close();
  await vi.waitFor(() => expect(kept.state.get().kind).toBe('reconnecting'));
  await vi.advanceTimersByTimeAsync(1_000);
  await vi.waitFor(() => expect(kept.state.get().kind).toBe('connected'));
  kept.close();
});
