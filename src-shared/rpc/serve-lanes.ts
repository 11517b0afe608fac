import type { Result } from '../lib/result.ts';
import { fail } from '../lib/result.ts';
import { Lane } from './byte-lane.ts';
import { findMember, tooMany, unknownMember } from './find-member.ts';
import type { Frame } from './frame.ts';
import type { ClientMessageOf, WireProblem } from './protocol.ts';
import { checkedProblem, invalidInput } from './serve-calls.ts';
import type { Serving } from './serving.ts';

type OpenMessage = ClientMessageOf<'bytes-open'>;

export interface ServedLanes {
  open(message: OpenMessage): void;
  frame(frame: Frame): void;
  stop(message: ClientMessageOf<'bytes-close'>): void;
  close(why?: string): void;
}

export function serveLanes(serving: Serving): ServedLanes {
  const { wire } = serving;
  const open = new Map<number, Lane>();
  return {
    open(message) {
      const { id } = message;
      if (open.has(id)) return;
      const refuse = (problem: WireProblem): void => void wire.send({ kind: 'bytes-refused', id, problem });
      if (open.size >= serving.maximalOpen) return refuse(tooMany(serving.maximalOpen));
      const lane = newLane(serving, id);
      open.set(id, lane);
      lane.onClose(() => open.delete(id));
      void run(serving, message, lane).then((result) => {
        if (lane.closed) return;
        if (result.ok) return void wire.send({ kind: 'bytes-opened', id });
        refuse(result.problem);
        lane.ended(result.problem.code);
      });
    },
    frame: ({ channel, ...frame }) => open.get(channel)?.receive(frame),
    stop: ({ id, why }) => open.get(id)?.ended(why),
    close() {
      for (const lane of [...open.values()]) lane.ended('disconnected');
    },
  };
}

function newLane({ wire, unexpected }: Serving, channel: number): Lane {
  return new Lane({
    channel,
    sendFrame: (frame) => wire.sendFrame(frame),
    sendClose: (why) => void wire.send({ kind: 'bytes-close', id: channel, why }),
    buffered: () => wire.buffered(),
    onError: (error) => void unexpected(error),
  });
}

/** Never rejects. */
async function run(serving: Serving, message: OpenMessage, lane: Lane): Promise<Result<null, WireProblem>> {
  const { contract, handlers, context, unexpected } = serving;
  const controller = new AbortController();
  lane.onClose(() => controller.abort());
  try {
    const member = findMember(contract, 'bytes', message.name);
    const handler = handlers.bytes[message.name];
    if (member === null || handler === undefined) return fail(unknownMember('bytes', message.name));
    const key = member.key.safeParse(message.key);
    if (!key.success) return fail(invalidInput(key.error));
    const result = await handler(key.data, lane, { context, signal: controller.signal });
    return result.ok ? result : checkedProblem(serving, member.problems, result.problem);
  } catch (error) {
    return fail(unexpected(error));
  }
}
