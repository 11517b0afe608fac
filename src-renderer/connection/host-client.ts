// The one way out of the renderer: the contract's client over whatever carries it.
import { contract, type AtheneContract } from '#shared/contract/contract.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { webSocketTransport } from '#shared/rpc/web-socket-transport.ts';

export type HostClient = Client<AtheneContract>;
/** Opens one connection; called again after each that ended. */
export type OpenClient = () => HostClient;

/** The host is there and does not know this browser (any more): only a new ticket helps. Could not tell is no. */
export async function isSignedOut(page: Location): Promise<boolean> {
  try {
    const { status } = await fetch(new URL('/', page.href), { method: 'HEAD', cache: 'no-store' });
    return status === 401;
  } catch {
    return false; // No host, no answer: the connection says so itself.
  }
}

/** To the host that served this page; the sign-in is a cookie that the browser sends by itself. */
export function openWebSocketClient(page: Location): HostClient {
  const address = new URL('/rpc', page.href);
  address.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return connect(contract, webSocketTransport(new WebSocket(address)), { build: 'renderer' });
}
