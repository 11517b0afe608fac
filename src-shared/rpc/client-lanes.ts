import type { Result } from '../lib/result.ts';
import { fail, ok } from '../lib/result.ts';
import { Lane, type ByteLane } from './byte-lane.ts';
import { unsent } from './client-calls.ts';
import type { Connection } from './connection.ts';
import type { Frame } from './frame.ts';
import { wireProblem, type WireProblem } from './protocol.ts';

type Opening = Result<ByteLane, WireProblem>;

export interface ClientLanes {
  open(name: string, key: unknown): Promise<Opening>;
  opened(id: number): void;
  refused(id: number, problem: WireProblem): void;
  ended(id: number, why: string | null): void;
  frame(frame: Frame): void;
  close(problem: WireProblem): void;
}

interface ClientLane {
  readonly lane: Lane;
  /** Only the first settles. */
  readonly settle: (opening: Opening) => void;
}

export function clientLanes({ wire, nextId, closed, onError }: Connection): ClientLanes {
  const lanes = new Map<number, ClientLane>();
  return {
    open(name, key) {
      const problem = closed();
      if (problem !== null) return Promise.resolve(fail(problem));
      const channel = nextId();
      const lane = new Lane({
        channel,
        sendFrame: (frame) => wire.sendFrame(frame),
        sendClose: (why) => void wire.send({ kind: 'bytes-close', id: channel, why }),
        buffered: () => wire.buffered(),
        onError,
      });
      lane.onClose(() => lanes.delete(channel));
      return new Promise((settle) => {
        lanes.set(channel, { lane, settle });
        const sent = wire.send({ kind: 'bytes-open', id: channel, name, key });
        if (sent !== 'sent') refuse(channel, unsent(sent));
      });
    },
    opened(id) {
      const entry = lanes.get(id);
      entry?.settle(ok(entry.lane));
    },
    refused: refuse,
    ended(id, why) {
      const entry = lanes.get(id);
      // Closed before it was opened: the handler gave up by itself.
      entry?.settle(fail(wireProblem('cancelled', 'The host closed the lane.', why === null ? {} : { details: why })));
      entry?.lane.ended(why);
    },
    frame: ({ channel, ...frame }) => lanes.get(channel)?.lane.receive(frame),
    close(problem) {
      for (const { lane, settle } of [...lanes.values()]) {
        settle(fail(problem));
        lane.ended(problem.code);
      }
    },
  };

  function refuse(id: number, problem: WireProblem): void {
    const entry = lanes.get(id);
    entry?.settle(fail(problem));
    entry?.lane.ended(problem.code);
  }
}
