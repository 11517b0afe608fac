import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { contractSuite } from '#shared/rpc/contract-suite.ts';
import { messagePortTransport } from '#shared/rpc/message-port-transport.ts';
import { messagePortMainTransport, type PortOfWindow } from './message-port-main-transport.ts';

/** Electron's shape over Node's port: events with `data` and `ports`, held back until it is started. */
class PortMain extends EventEmitter {
  readonly #port: MessagePort;
  #received = 0;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }
  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data: this.#asReceived(data), ports: [] }));
  }
  postMessage(message: unknown): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has none
    this.#port.postMessage(message);
  }
  close(): void {
    this.#port.close();
  }
  /** Bytes may come as either of the two. */
  #asReceived(data: unknown): unknown {
    this.#received += 1;
    return data instanceof Uint8Array && this.#received % 2 === 0 ? Buffer.from(data) : data;
  }
}

const asElectron = (port: MessagePort): PortOfWindow => new PortMain(port);

contractSuite('a port of a window', async () => ({
  async open(serveConnection) {
    const { port1, port2 } = new MessageChannel();
    serveConnection(messagePortMainTransport(asElectron(port1)));
    return messagePortTransport(port2);
  },
  async close() {},
}));

it('of a view only what it shows is sent, not the memory behind it', async () => {
  const { port1, port2 } = new MessageChannel();
  const received = new Promise<Uint8Array>((resolve) => port2.once('message', resolve));
  messagePortMainTransport(asElectron(port1)).send(Buffer.from('a secret, then: hello').subarray(16));
  const bytes = await received;
  expect([new TextDecoder().decode(bytes), bytes.buffer.byteLength]).toEqual(['hello', 5]);
  port1.close();
});

it('tells the other end why it closes', async () => {
  const { port1, port2 } = new MessageChannel();
  const transport = messagePortTransport(port2);
  const why = new Promise((resolve) => transport.onClose(resolve));
  messagePortMainTransport(asElectron(port1)).close('Athene ends');
  expect(await why).toBe('Athene ends');
});
