import { contractSuite } from './contract-suite.ts';
import { memoryTransportPair } from './memory-transport.ts';

contractSuite('memory', async () => ({
  async open(serveConnection) {
    const [host, client] = memoryTransportPair();
    serveConnection(host);
    return client;
  },
  async close() {},
}));
