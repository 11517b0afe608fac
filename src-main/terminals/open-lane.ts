// One viewer's lane to one terminal: passes frames between the client and the runtime, both ways, unread.
import type { Problem } from '#shared/domain/problem.ts';
import { terminalFrame } from '#shared/domain/terminal.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { ByteLane } from '#shared/rpc/byte-lane.ts';
import type { AttachOptions } from '#shared/domain/terminal-spec.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';

type LaneProblem = Problem<'terminal-unknown' | 'runtime-unreachable'>;

const fromViewer: ReadonlySet<number> = new Set([
  terminalFrame.input,
  terminalFrame.acknowledge,
  terminalFrame.resizeRequest,
  terminalFrame.leaseRequest,
]);

/** Flow control is end to end: the runtime sends no more than the viewer has acknowledged plus a window. */
export async function openLane(
  runtime: Runtime,
  { terminal, ...options }: AttachOptions & { readonly terminal: string },
  lane: ByteLane,
): Promise<Result<null, LaneProblem>> {
  const attached = await runtime.attach(terminal, options, {
    onFrame: ({ type, offset, payload }) => lane.send(type, offset, payload),
    onClose: (why) => lane.close(why),
  });
  if (!attached.ok) return fail(laneProblem(attached.problem));
  lane.onFrame((frame) => {
    if (fromViewer.has(frame.type)) attached.value.send(frame);
  });
  lane.onClose(() => attached.value.close());
  return ok(null);
}

const laneProblem = (problem: Problem): LaneProblem => ({
  ...problem,
  code: problem.code === 'terminal-unknown' ? 'terminal-unknown' : 'runtime-unreachable',
});
