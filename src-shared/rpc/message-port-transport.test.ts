import { MessageChannel } from 'node:worker_threads';
import { contractSuite } from './contract-suite.ts';
import { messagePortTransport } from './message-port-transport.ts';

contractSuite('a message channel', async () => ({
  async open(serveConnection) {
    const { port1, port2 } = new MessageChannel();
    serveConnection(messagePortTransport(port1));
    return messagePortTransport(port2);
  },
  async close() {},
}));
