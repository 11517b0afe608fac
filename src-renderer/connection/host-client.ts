// The one way out of the renderer: the contract's client over whatever carries it.
import { contract, type AtheneContract } from '#shared/contract/contract.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { webSocketTransport } from '#shared/rpc/web-socket-transport.ts';
import { keepConnected, type KeptConnection } from './kept-connection.ts';
import { helloWithin, openPort } from './open-port.ts';

type HostClient = Client<AtheneContract>;
export type HostConnection = KeptConnection<AtheneContract>;

/** To the host inside of the desktop app, or to the one that served this page. */
export function connectHost(page: Window = window): HostConnection {
  return page.athene === undefined
    ? keepConnected(
        () => openWebSocketClient(page.location),
        () => isSignedOut(page.location),
      )
    : keepConnected(() => connect(contract, openPort('host', page), { build: 'renderer', helloWithin }));
}

/** The host is there and does not know this browser (any more): only a new ticket helps. Could not tell is no. */
async function isSignedOut(page: Location): Promise<boolean> {
  try {
    const { status } = await fetch(new URL('/', page.href), { method: 'HEAD', cache: 'no-store' });
    return status === 401;
  } catch {
    return false; // No host, no answer: the connection says so itself.
  }
}

/** To the host that served this page; the sign-in is a cookie that the browser sends by itself. */
function openWebSocketClient(page: Location): HostClient {
  const address = new URL('/rpc', page.href);
  address.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return connect(contract, webSocketTransport(new WebSocket(address)), { build: 'renderer' });
}
