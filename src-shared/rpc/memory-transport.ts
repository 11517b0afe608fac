// Two ends in one process: for tests, and for a client that lives with its host.
import { Inbox } from './inbox.ts';
import type { Transport } from './transport.ts';

/** What one end sends arrives at the other as a copy, later and in order. */
export function memoryTransportPair(): [Transport, Transport] {
  const left = new Inbox();
  const right = new Inbox();
  return [memoryEnd(left, right), memoryEnd(right, left)];
}

function memoryEnd(own: Inbox, peer: Inbox): Transport {
  let buffered = 0;
  return {
    send(frame) {
      if (own.closed) return;
      const copy = typeof frame === 'string' ? frame : frame.slice();
      buffered += copy.length;
      queueMicrotask(() => {
        buffered -= copy.length;
        peer.receive(copy);
      });
    },
    onFrame: (listener) => own.onFrame(listener),
    onClose: (listener) => own.onClose(listener),
    close(why = 'closed') {
      const open = !own.closed;
      own.stop(why);
      if (open) queueMicrotask(() => peer.end(why));
    },
    bufferedAmount: () => buffered,
  };
}
