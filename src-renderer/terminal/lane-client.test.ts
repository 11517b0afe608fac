import { describe, expect, it } from 'vitest';
import { encodeSize, flowControl, terminalFrame } from '#shared/domain/terminal.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { ByteLane, LaneFrame } from '#shared/rpc/byte-lane.ts';
import type { WireProblem } from '#shared/rpc/protocol.ts';
import { createLaneClient, type ScreenPort } from './lane-client.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A lane whose other side is the test. */
function fakeLane() {
  let frame: (frame: LaneFrame) => void = () => undefined;
  let closed: (why: string | null) => void = () => undefined;
  const sent: LaneFrame[] = [];
  const lane: ByteLane = {
    send: (type, offset, payload) => void sent.push({ type, offset, payload: payload.slice() }),
    onFrame: (listener) => (frame = listener),
    onClose: (listener) => (closed = listener),
    close: () => undefined,
    buffered: 0,
  };
  return {
    lane,
    sent,
    sentOf: (type: number) => sent.filter((one) => one.type === type),
    /** The payload is overwritten afterwards, as on the real wire it is valid during the call only. */
    push(type: number, offset: number, payload: Uint8Array) {
      const lent = payload.slice();
      frame({ type, offset, payload: lent });
      lent.fill(0x23);
    },
    cut: (why: string) => closed(why),
  };
}

/** An emulator that parses only when told to. */
function slowScreen() {
  const queue: (() => void)[] = [];
  const log: string[] = [];
  const port: ScreenPort = {
    write(data, then) {
      queue.push(() => {
        if (data.length > 0) log.push(text(data));
        then();
      });
    },
    resize: ({ cols, rows }) => void log.push(`resize ${cols}x${rows}`),
    reset: ({ cols, rows }) => void queue.push(() => log.push(`reset ${cols}x${rows}`)),
    replayed: () => void log.push('replayed'),
  };
  return {
    port,
    log,
    parse() {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) next();
    },
  };
}

function setUp({ visible = true } = {}) {
  const lanes: ReturnType<typeof fakeLane>[] = [];
  const asked: { from: 'screen' | number; lease: boolean }[] = [];
  const screen = slowScreen();
  const client = createLaneClient({
    open: (from, lease): Promise<Result<ByteLane, WireProblem>> => {
      asked.push({ from, lease });
      const lane = fakeLane();
      lanes.push(lane);
      return Promise.resolve(ok(lane.lane));
    },
    screen: screen.port,
    now: () => 1000,
    wantsLease: () => visible,
  });
  const attach = async () => {
    client.attach();
    await Promise.resolve();
    await Promise.resolve();
    const lane = lanes.at(-1);
    if (lane === undefined) throw new Error('No lane was opened');
    return lane;
  };
  return { client, screen, asked, attach };
}

const snapshot = (cols: number, rows: number, content: string): Uint8Array => {
  const body = bytes(content);
  const payload = new Uint8Array(5 + body.length);
  payload.set(encodeSize({ cols, rows }));
  payload.set(body, 5);
  return payload;
};
const held = Uint8Array.of(1);
const lost = Uint8Array.of(0);

describe('bytes to the screen', () => {
  it('draws a snapshot, then goes on at its offset', async () => {
    const { screen, asked, attach } = setUp();
    const lane = await attach();
    lane.push(terminalFrame.snapshot, 500, snapshot(80, 24, 'SCREEN'));
    lane.push(terminalFrame.output, 500, bytes('more'));
    screen.parse();
    expect({ asked, log: screen.log }).toEqual({
      asked: [{ from: 'screen', lease: true }],
      log: ['reset 80x24', 'SCREEN', 'replayed', 'more'],
    });
  });

  it('resumes after the last byte it has, and drops what it is sent twice', async () => {
    const { screen, asked, attach } = setUp();
    const first = await attach();
    first.push(terminalFrame.snapshot, 0, snapshot(80, 24, ''));
    first.push(terminalFrame.output, 0, bytes('abcdef'));
    first.cut('gone');
    const second = await attach();
    second.push(terminalFrame.output, 3, bytes('defghi'));
    first.push(terminalFrame.output, 6, bytes('from a lane that is over'));
    screen.parse();
    expect({ from: asked[1]?.from, log: screen.log.slice(2) }).toEqual({ from: 6, log: ['abcdef', 'ghi'] });
  });

  it('starts again from the screen when there is a hole', async () => {
    const { asked, attach } = setUp();
    const first = await attach();
    first.push(terminalFrame.snapshot, 0, snapshot(80, 24, ''));
    first.push(terminalFrame.output, 10, bytes('after a hole'));
    await Promise.resolve();
    expect(asked.map(({ from }) => from)).toEqual(['screen', 'screen']);
  });

  it('resizes at its place among the bytes', async () => {
    const { screen, attach } = setUp();
    const lane = await attach();
    lane.push(terminalFrame.output, 0, bytes('before'));
    lane.push(terminalFrame.resize, 6, encodeSize({ cols: 100, rows: 30 }));
    lane.push(terminalFrame.output, 6, bytes('after'));
    screen.parse();
    expect(screen.log).toEqual(['before', 'resize 100x30', 'after']);
  });

  it('acknowledges after parse, every 32 KB', async () => {
    const { screen, attach } = setUp();
    const lane = await attach();
    const chunk = new Uint8Array(flowControl.acknowledgeEvery / 2).fill(0x61);
    for (let index = 0; index < 4; index += 1) lane.push(terminalFrame.output, index * chunk.length, chunk);
    const before = lane.sentOf(terminalFrame.acknowledge).length;
    screen.parse();
    expect({ before, after: lane.sentOf(terminalFrame.acknowledge).map(({ offset }) => offset) }).toEqual({
      before: 0,
      after: [32 * 1024, 64 * 1024],
    });
  });

  it('ends with the exit frame', async () => {
    const { client, screen, attach } = setUp();
    const lane = await attach();
    lane.push(terminalFrame.exit, 0, bytes(JSON.stringify({ code: 3, signal: null, at: 5 })));
    screen.parse();
    expect(client.state.get().exit).toEqual({ code: 3, signal: null, at: 5 });
  });
});

describe('the lease', () => {
  it('answers queries neither in a replay, nor without the lease, nor without a lane', async () => {
    const { client, screen, attach } = setUp();
    const answers: boolean[] = [client.mayReply()];
    const lane = await attach();
    lane.push(terminalFrame.lease, 0, held);
    screen.parse();
    answers.push(client.mayReply());
    lane.push(terminalFrame.snapshot, 9, snapshot(80, 24, 'replay'));
    answers.push(client.mayReply());
    screen.parse();
    answers.push(client.mayReply());
    lane.push(terminalFrame.lease, 9, lost);
    screen.parse();
    answers.push(client.mayReply());
    lane.push(terminalFrame.lease, 9, held);
    screen.parse();
    lane.cut('gone');
    answers.push(client.mayReply());
    expect(answers).toEqual([false, true, false, true, false, false]);
  });

  it('asks for a size only while it holds the lease, and not for the one that is', async () => {
    const { client, screen, attach } = setUp();
    const lane = await attach();
    client.requestSize({ cols: 90, rows: 20 });
    const before = lane.sentOf(terminalFrame.resizeRequest).length;
    lane.push(terminalFrame.snapshot, 0, snapshot(80, 24, ''));
    lane.push(terminalFrame.lease, 0, held);
    screen.parse();
    lane.push(terminalFrame.resize, 0, encodeSize({ cols: 90, rows: 20 }));
    screen.parse();
    client.requestSize({ cols: 90, rows: 20 });
    expect({ before, asked: lane.sentOf(terminalFrame.resizeRequest).map(({ payload }) => [...payload]) }).toEqual({
      before: 0,
      asked: [[...encodeSize({ cols: 90, rows: 20 })]],
    });
  });

  it('is taken from nobody by a window that nobody sees', async () => {
    const { client, asked, attach } = setUp({ visible: false });
    await attach();
    expect({ asked, lease: client.state.get().lease }).toEqual({
      asked: [{ from: 'screen', lease: false }],
      lease: 'elsewhere',
    });
  });
});

describe('typing', () => {
  it('is held while the lane is cut, with its count, and sent in order afterwards', async () => {
    const { client, screen, attach } = setUp();
    const first = await attach();
    first.push(terminalFrame.lease, 0, held);
    screen.parse();
    client.type(bytes('a'));
    first.cut('gone');
    client.type(bytes('b'));
    client.type(bytes('c'));
    const counted = client.state.get().held;
    const second = await attach();
    second.push(terminalFrame.lease, 0, held);
    screen.parse();
    client.type(bytes('d'));
    const typed = (lane: typeof first) =>
      lane.sentOf(terminalFrame.input).map(({ offset, payload }) => [offset, text(payload)]);
    expect({ counted, first: typed(first), second: typed(second), held: client.state.get().held }).toEqual({
      counted: 2,
      first: [[0, 'a']],
      second: [
        [1, 'b'],
        [2, 'c'],
        [3, 'd'],
      ],
      held: 0,
    });
  });

  it('is refused, and said to be, while another window has control', async () => {
    const { client, screen, attach } = setUp();
    const lane = await attach();
    lane.push(terminalFrame.lease, 0, lost);
    screen.parse();
    client.type(bytes('x'));
    expect({ sent: lane.sentOf(terminalFrame.input), refusals: client.state.get().refusals }).toEqual({
      sent: [],
      refusals: 1,
    });
  });
});
