// The mirror process: started by the pty host, told by lines on stdin what to follow, ends when they end.
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { learnCharsets } from './charsets.ts';
import { longestLine, parseLine, type MirrorMessage } from './messages.ts';
import { Mirror } from './mirror.ts';

/** Milliseconds between looks at what has settled or is idle; only while there is something. */
const tickEvery = 500;

const tooLong = { ok: false, why: 'line too long', request: null } as const;
lowerPriority();
const mirror = new Mirror({ send, nameOf: learnCharsets(), now: () => performance.now(), warn });
let timer: NodeJS.Timeout | null = null;

createInterface({ input: process.stdin })
  .on('line', receive)
  .on('close', () => process.exit(0));
// A host that has gone away can't be told anything any more.
process.stdout.on('error', () => process.exit(0));

function receive(line: string): void {
  const parsed = line.length > longestLine ? tooLong : parseLine(line);
  if (parsed.ok) mirror.receive(parsed.message);
  else if (parsed.request === null) warn(`refused: ${parsed.why}`);
  else send({ type: 'failed', request: parsed.request, why: parsed.why });
  timer ??= setInterval(tick, tickEvery);
}

function tick(): void {
  mirror.tick();
  if (mirror.isBusy || timer === null) return;
  clearInterval(timer);
  timer = null;
}

function send(message: MirrorMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function warn(line: string): void {
  process.stderr.write(`mirror: ${line.replaceAll('\n', ' ')}\n`);
}

/** The typing of people comes first; where the system refuses, the mirror works all the same. */
function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    warn(`priority not lowered: ${String(error)}`);
  }
}
