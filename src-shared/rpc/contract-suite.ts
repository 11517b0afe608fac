// What holds over every transport. A transport's test says how to open one; the contract is made up, for the wire knows no other.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Result } from '../lib/result.ts';
import { fail, ok } from '../lib/result.ts';
import type { ByteLane, LaneFrame } from './byte-lane.ts';
import { connect, type Client } from './connect.ts';
import type { FeedItemChange } from './feed-listener.ts';
import { bytes, call, defineContract, feed } from './define-contract.ts';
import { maximalFrameSize } from './frame.ts';
import { encodeFrame } from './frame.ts';
import type { FeedSink, Handlers } from './handlers.ts';
import type { ClientMessage, ServerMessage } from './protocol.ts';
import { serve, type ServedConnection } from './serve.ts';
import type { Transport } from './transport.ts';

export interface TransportRig {
  /** Gives the host's end to `serveConnection` and resolves with the client's. */
  open(serveConnection: (transport: Transport) => void): Promise<Transport>;
  close(): Promise<void>;
}

/** For what comes by itself, on a machine that may be busy. */
const patience = { timeout: 30_000 };

const itemSchema = z.strictObject({ id: z.string(), value: z.union([z.number(), z.string()]) });
type Item = z.infer<typeof itemSchema>;

const testContract = defineContract({
  version: { major: 1, minor: 3 },
  members: {
    add: call({ input: z.strictObject({ a: z.number(), b: z.number() }), output: z.number(), problems: ['refused'] }),
    echo: call({ input: z.unknown(), output: z.unknown(), problems: [] }),
    throws: call({ input: z.null(), output: z.null(), problems: [] }),
    lies: call({ input: z.enum(['value', 'problem', 'cycle']), output: z.unknown(), problems: ['refused'] }),
    person: call({ input: z.null(), output: z.object({ name: z.string() }), problems: [] }),
    wait: call({ input: z.null(), output: z.null(), problems: [] }),
    items: feed({ key: z.enum(['given', 'throwing', 'refusing']), item: itemSchema, idOf: (item) => item.id }),
    lane: bytes({ key: z.enum(['echo', 'early', 'refused', 'closing', 'throwing', 'idle']), problems: ['refused'] }),
  },
});
type TestContract = typeof testContract;

class TestHost {
  readonly errors: unknown[] = [];
  readonly connections: ServedConnection[] = [];
  readonly added: unknown[] = [];
  readonly sinks: { sink: FeedSink<Item>; after: number | null; stopped: boolean }[] = [];
  readonly lanes: { lane: ByteLane; closed: string | null | undefined }[] = [];
  waiting = 0;
  aborted = 0;

  readonly serve = (transport: Transport): void => {
    const handlers: Handlers<TestContract, TestHost> = {
      calls: {
        add: async (input) => this.add(input),
        echo: async (input) => ok(input),
        throws: async () => {
          throw new Error('secret of the host');
        },
        lies: async (which) => lie(which),
        person: async () => ok({ name: 'Ada', password: 'secret of Ada' }),
        wait: (_, { signal }) => this.wait(signal),
      },
      feeds: { items: (key, after, sink, { context }) => context.openFeed(key, after, sink) },
      bytes: { lane: async (key, lane) => this.openLane(key, lane) },
    };
    this.connections.push(
      serve(testContract, handlers, transport, this, { build: 'test', onError: (error) => this.errors.push(error) }),
    );
  };

  async add(input: { a: number; b: number }): Promise<Result<number, { code: 'refused'; what: string; todo: string }>> {
    this.added.push(input);
    if (input.a < 0) return fail({ code: 'refused', what: 'Negative', todo: 'Count up.' });
    return ok(input.a + input.b);
  }

  wait(signal: AbortSignal): Promise<Result<null, never>> {
    this.waiting += 1;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        this.aborted += 1;
        resolve(ok(null));
      });
    });
  }

  openFeed(key: string, after: number | null, sink: FeedSink<Item>): () => void {
    if (key === 'throwing') throw new Error('secret of the feed');
    const open = { sink, after, stopped: false };
    this.sinks.push(open);
    if (key === 'refusing') sink.end({ code: 'gone', what: 'Not any more' });
    return () => {
      open.stopped = true;
    };
  }

  async openLane(key: string, lane: ByteLane): Promise<Result<null, { code: 'refused'; what: string }>> {
    const open: (typeof this.lanes)[number] = { lane, closed: undefined };
    this.lanes.push(open);
    lane.onClose((why) => {
      open.closed = why;
    });
    if (key === 'refused') return fail({ code: 'refused', what: 'No lane' });
    if (key === 'throwing') throw new Error('secret of the lane');
    if (key === 'closing') lane.close('had enough');
    if (key === 'early') for (const offset of [0, 1, 2]) lane.send(1, offset, Uint8Array.of(offset));
    if (key === 'echo' || key === 'early')
      lane.onFrame(({ type, offset, payload }) => lane.send(type, offset, payload));
    return ok(null);
  }
}

/** Values that a careless host returns; the types would refuse them. */
function lie(which: 'value' | 'problem' | 'cycle'): Result<unknown, { code: 'refused'; what: string }> {
  if (which === 'problem') return fail({ code: 'undeclared' as 'refused', what: 'secret of the problem' });
  if (which === 'value') return ok(10n);
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  return ok(cycle);
}

export function contractSuite(name: string, startRig: () => Promise<TransportRig>): void {
  describe(`the contract over ${name}`, () => {
    let rig: TransportRig;
    beforeAll(async () => {
      rig = await startRig();
    });
    afterAll(() => rig.close());

    async function start(): Promise<{ host: TestHost; client: Client<TestContract>; served: ServedConnection }> {
      const host = new TestHost();
      const client = connect(testContract, await rig.open(host.serve));
      await client.ready;
      return { host, client, served: only(host.connections) };
    }

    async function startRaw(): Promise<{ host: TestHost; raw: RawClient }> {
      const host = new TestHost();
      const raw = new RawClient(await rig.open(host.serve));
      raw.send({ kind: 'hello', major: 1, minor: 0, build: 'raw' });
      return { host, raw };
    }

    test('hello tells version and build', async () => {
      const { client } = await start();
      expect(await client.ready).toEqual(ok({ major: 1, minor: 3, build: 'test' }));
      client.close();
    });

    test('another major refuses to talk', async () => {
      const host = new TestHost();
      const newer = { ...testContract, version: { major: 2, minor: 0 } };
      const client = connect(newer, await rig.open(host.serve));
      expect(await client.ready).toMatchObject({ problem: { code: 'incompatible' } });
      await client.closed;
      expect(await client.call('add', { a: 1, b: 2 })).toMatchObject({ problem: { code: 'disconnected' } });
    });

    test('a host closes on a client of another major by itself', async () => {
      const host = new TestHost();
      const raw = new RawClient(await rig.open(host.serve));
      raw.send({ kind: 'hello', major: 2, minor: 0, build: 'raw' });
      raw.send({ kind: 'call', id: 1, name: 'add', input: { a: 1, b: 2 } });
      await raw.closed;
      expect(host.added).toEqual([]);
    });

    test('the first message must be hello', async () => {
      const host = new TestHost();
      const raw = new RawClient(await rig.open(host.serve));
      raw.send({ kind: 'call', id: 1, name: 'add', input: { a: 1, b: 2 } });
      await raw.closed;
      expect(host.added).toEqual([]);
    });

    test('calls answer with values and declared problems', async () => {
      const { client } = await start();
      const answers = await Promise.all([
        client.call('add', { a: 1, b: 2 }),
        client.call('add', { a: -1, b: 2 }),
        client.call('add', { a: 20, b: 22 }),
      ]);
      expect(answers).toEqual([ok(3), fail({ code: 'refused', what: 'Negative', todo: 'Count up.' }), ok(42)]);
      client.close();
    });

    test.each(jsonValues())('a value arrives as JSON and structured clone would have it: %s', async (_, value) => {
      const { client } = await start();
      const answer = await client.call('echo', value);
      expect(answer).toEqual(ok(JSON.parse(JSON.stringify(value))));
      expect(answer).toEqual(ok(structuredClone(value)));
      client.close();
    });

    test('a handler that throws is an internal problem with a correlation id, and its message stays inside', async () => {
      const { host, client } = await start();
      const answer = await client.call('throws', null);
      expect(answer).toMatchObject({
        ok: false,
        problem: { code: 'internal', details: expect.stringMatching(/^\w+$/) },
      });
      expect(JSON.stringify(answer)).not.toContain('secret');
      expect(host.errors).toEqual([new Error('secret of the host')]);
      expect(await client.call('add', { a: 1, b: 1 })).toEqual(ok(2));
      client.close();
    });

    test.each([{ a: 1 }, { a: 1, b: '2' }, { a: 1, b: 2, c: 3 }, null, [], 'text', { a: 1, b: Number.NaN }])(
      'input that is not of the schema never reaches the handler: %j',
      async (input) => {
        const { host, client } = await start();
        expect(await client.call('add', input as never)).toMatchObject({ problem: { code: 'invalid-input' } });
        expect(host.added).toEqual([]);
        client.close();
      },
    );

    test('input that is no JSON is refused before it is sent', async () => {
      const { client } = await start();
      expect(await client.call('echo', 10n)).toMatchObject({ problem: { code: 'invalid-input' } });
      client.close();
    });

    test('results and problems that break the contract do not leave the host', async () => {
      const { host, client } = await start();
      expect(await client.call('lies', 'value')).toMatchObject({ problem: { code: 'invalid-result' } });
      expect(await client.call('lies', 'cycle')).toMatchObject({ problem: { code: 'invalid-result' } });
      const answer = await client.call('lies', 'problem');
      expect(answer).toMatchObject({ problem: { code: 'internal' } });
      expect(JSON.stringify(answer)).not.toContain('secret');
      expect(host.errors).toHaveLength(3);
      client.close();
    });

    test('what the schema does not name stays in the host', async () => {
      const { client } = await start();
      expect(await client.call('person', null)).toEqual(ok({ name: 'Ada' }));
      client.close();
    });

    test.each(['nope', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'items', 'lane'])(
      'a call to %s, which is no call, is an unknown member',
      async (member) => {
        const { host, client } = await start();
        expect(await client.call(member as 'add', null as never)).toMatchObject({
          problem: { code: 'unknown-member' },
        });
        expect(host.errors).toEqual([]);
        client.close();
      },
    );

    test('unknown feeds and lanes end with a problem', async () => {
      const { client } = await start();
      const ended = new Promise((resolve) => {
        client.feed('__proto__' as 'items', 'given', { ...silent, onEnd: resolve });
      });
      expect(await ended).toMatchObject({ code: 'unknown-member' });
      expect(await client.bytes('add' as 'lane', 'echo')).toMatchObject({ problem: { code: 'unknown-member' } });
      client.close();
    });

    test('cancelling answers at once and aborts the handler', async () => {
      const { host, client } = await start();
      const controller = new AbortController();
      const answer = client.call('wait', null, { signal: controller.signal });
      await expect.poll(() => host.waiting).toBe(1);
      controller.abort();
      expect(await answer).toMatchObject({ problem: { code: 'cancelled' } });
      await expect.poll(() => host.aborted).toBe(1);
      expect(await client.call('wait', null, { signal: controller.signal })).toMatchObject({
        problem: { code: 'cancelled' },
      });
      expect(host.waiting).toBe(1);
      client.close();
    });

    test('a deadline holds on the client and on the host', async () => {
      const { host, client } = await start();
      expect(await client.call('wait', null, { deadlineMs: 20 })).toMatchObject({ problem: { code: 'deadline' } });
      await expect.poll(() => host.aborted).toBe(1);
      client.close();

      const { host: other, raw } = await startRaw();
      raw.send({ kind: 'call', id: 7, name: 'wait', input: null, deadline: 20 });
      expect(await raw.next('problem')).toMatchObject({ id: 7, problem: { code: 'deadline' } });
      expect(other.aborted).toBe(1);
      raw.close();
    });

    test('a feed is a snapshot, then changes in order, until it is stopped', async () => {
      const { host, client } = await start();
      const heard: unknown[] = [];
      const stop = client.feed('items', 'given', recording(heard), 41);
      const open = await firstOf(host.sinks);
      open.sink.snapshot([{ id: 'a', value: 1 }], 42);
      for (let seq = 43; seq < 543; seq += 1) open.sink.upsert({ id: `i${seq}`, value: seq }, seq);
      open.sink.remove('a', 543);
      await expect.poll(() => heard).toHaveLength(502);
      expect(open.after).toBe(41);
      expect(heard[0]).toEqual([42, [{ id: 'a', value: 1 }]]);
      expect(heard.at(-1)).toEqual([543, { kind: 'remove', id: 'a' }]);
      expect(heard.map((entry) => (entry as [number])[0])).toEqual(Array.from({ length: 502 }, (_, at) => 42 + at));
      stop();
      await expect.poll(() => open.stopped).toBe(true);
      open.sink.upsert({ id: 'late', value: 1 }, 600);
      expect(await client.call('add', { a: 1, b: 1 })).toEqual(ok(2));
      expect(heard).toHaveLength(502);
      client.close();
    });

    test('a stopped reader of 10 000 changes costs one change an item, and goes on without a gap', async () => {
      const { host, raw } = await startRaw();
      raw.send({ kind: 'feed-open', id: 1, name: 'items', key: 'given', after: null, credit: 2 });
      const { sink } = await firstOf(host.sinks);
      sink.snapshot([], 1);
      for (let seq = 2; seq <= 10_001; seq += 1) sink.upsert({ id: `i${seq % 100}`, value: seq }, seq);
      sink.remove('i50', 10_002);
      expect(raw.eventsOf(1).length).toBeLessThanOrEqual(2);
      raw.send({ kind: 'feed-credit', id: 1, more: 1000 });
      await expect.poll(() => raw.eventsOf(1).at(-1)).toMatchObject({ seq: 10_002 });
      const events = raw.eventsOf(1);
      expect(events).toHaveLength(2 + 100);
      expect(events.slice(2).map(({ seq }) => seq)).toEqual(ascending(events.slice(2).map(({ seq }) => seq)));
      expect(events.at(-1)).toEqual({ kind: 'feed-remove', id: 1, seq: 10_002, item: 'i50' });
      expect(events.at(-2)).toMatchObject({ item: { id: 'i1', value: 10_001 } });
      raw.close();
    });

    test('a snapshot larger than a frame arrives whole', async () => {
      const { host, client } = await start();
      const heard: unknown[] = [];
      client.feed('items', 'given', recording(heard));
      const items = Array.from({ length: 3000 }, (_, at) => ({ id: `i${at}`, value: `ü${'x'.repeat(1000)}` }));
      (await firstOf(host.sinks)).sink.snapshot(items, 9);
      await expect.poll(() => heard).toHaveLength(1);
      expect(heard).toEqual([[9, items]]);
      client.close();
    });

    test('a broken item is left out and reported, the others come', async () => {
      const { host, client } = await start();
      const heard: unknown[] = [];
      client.feed('items', 'given', recording(heard));
      const { sink } = await firstOf(host.sinks);
      sink.snapshot([{ id: 'a', value: 1 }, { id: 'b' } as Item], 1);
      sink.upsert({ value: 3 } as unknown as Item, 2);
      sink.upsert({ id: 'big', value: 'x'.repeat(maximalFrameSize) }, 3);
      sink.upsert({ id: 'c', value: 4 }, 4);
      await expect.poll(() => heard).toHaveLength(2);
      expect(heard).toEqual([
        [1, [{ id: 'a', value: 1 }]],
        [4, { kind: 'upsert', item: { id: 'c', value: 4 } }],
      ]);
      expect(host.errors).toHaveLength(3);
      client.close();
    });

    test('a feed ends with its problem: thrown, refused, or its key not of the schema', async () => {
      const { host, client } = await start();
      const end = (key: string): Promise<unknown> =>
        new Promise((resolve) => {
          client.feed('items', key as 'given', { ...silent, onEnd: resolve });
        });
      expect(await end('throwing')).toMatchObject({ code: 'internal' });
      expect(await end('refusing')).toEqual({ code: 'gone', what: 'Not any more' });
      expect(await end('other')).toMatchObject({ code: 'invalid-input' });
      expect(host.sinks.map(({ stopped }) => stopped)).toEqual([true]);
      client.close();
    });

    test("a listener's error does not stop the feed", async () => {
      const host = new TestHost();
      const errors: unknown[] = [];
      const client = connect(testContract, await rig.open(host.serve), { onError: (error) => errors.push(error) });
      let heard = 0;
      const onChange = (): void => {
        heard += 1;
        throw new Error(`listener ${heard}`);
      };
      client.feed('items', 'given', { ...silent, onChange });
      const { sink } = await firstOf(host.sinks);
      for (let seq = 1; seq <= 200; seq += 1) sink.upsert({ id: `i${seq}`, value: seq }, seq);
      await expect.poll(() => heard).toBe(200);
      expect(errors).toHaveLength(200);
      client.close();
    });

    test('random bytes go both ways on many lanes at once', async () => {
      const { client } = await start();
      const random = pseudoRandom(7);
      const lanes = await Promise.all(Array.from({ length: 5 }, () => client.bytes('lane', 'echo')));
      for (const opened of lanes) {
        const lane = valueOf(opened);
        const sent: LaneFrame[] = Array.from({ length: 40 }, (_, at) => ({
          type: 1 + Math.floor(random() * 255),
          offset: at * 2 ** 40,
          payload: Uint8Array.from({ length: Math.floor(random() * 5000) }, () => Math.floor(random() * 256)),
        }));
        const received: LaneFrame[] = [];
        lane.onFrame(({ payload, ...frame }) => received.push({ ...frame, payload: payload.slice() }));
        for (const { type, offset, payload } of sent) lane.send(type, offset, payload);
        await expect.poll(() => received).toHaveLength(sent.length);
        expect(received).toEqual(sent);
      }
      client.close();
    });

    test('what a lane sends before it is opened is not lost', async () => {
      const { client } = await start();
      const lane = valueOf(await client.bytes('lane', 'early'));
      const received: number[] = [];
      lane.onFrame(({ offset }) => received.push(offset));
      await expect.poll(() => received).toEqual([0, 1, 2]);
      client.close();
    });

    test('a refused, broken or closed lane says so and harms no other', async () => {
      const { host, client } = await start();
      const other = valueOf(await client.bytes('lane', 'echo'));
      expect(await client.bytes('lane', 'refused')).toEqual(fail({ code: 'refused', what: 'No lane' }));
      expect(await client.bytes('lane', 'throwing')).toMatchObject({ problem: { code: 'internal' } });
      expect(await client.bytes('lane', 'closing')).toMatchObject({ problem: { details: 'had enough' } });
      expect(await client.bytes('lane', 'nope' as 'echo')).toMatchObject({ problem: { code: 'invalid-input' } });
      expect(host.lanes.map(({ closed }) => closed)).toEqual([undefined, 'refused', 'internal', 'had enough']);
      const large = valueOf(await client.bytes('lane', 'idle'));
      large.send(1, 0, new Uint8Array(maximalFrameSize));
      expect(await whyOf(large)).toBe('too-large');
      await expect.poll(() => host.lanes.at(-1)?.closed).toBe('too-large');
      const received: number[] = [];
      other.onFrame(({ payload }) => received.push(payload.length));
      other.send(2, 0, new Uint8Array(10));
      await expect.poll(() => received).toEqual([10]);
      other.close('done with it');
      await expect.poll(() => host.lanes[0]?.closed).toBe('done with it');
      client.close();
    });

    test.each(['client', 'host'] as const)(
      'when the %s closes in the middle, everything on both sides ends',
      async (who) => {
        const { host, client, served } = await start();
        const answer = client.call('wait', null);
        const ended = new Promise((resolve) => {
          client.feed('items', 'given', { ...silent, onEnd: resolve });
        });
        const lane = valueOf(await client.bytes('lane', 'idle'));
        await expect.poll(() => host.sinks).toHaveLength(1);
        const closedBy = { client: () => client.close(), host: () => served.close() };
        closedBy[who]();
        expect(await answer).toMatchObject({ problem: { code: 'disconnected' } });
        expect(await ended).toMatchObject({ code: 'disconnected' });
        expect(await whyOf(lane)).toBe('disconnected');
        await Promise.all([client.closed, served.closed]);
        await expect
          .poll(() => [host.aborted, host.sinks[0]?.stopped, host.lanes[0]?.closed])
          .toEqual([1, true, 'disconnected']);
        expect(await client.bytes('lane', 'echo')).toMatchObject({ problem: { code: 'disconnected' } });
        expect(host.errors).toEqual([]);
      },
    );

    test('two clients share nothing but the host', async () => {
      const host = new TestHost();
      const [one, two] = [
        connect(testContract, await rig.open(host.serve)),
        connect(testContract, await rig.open(host.serve)),
      ];
      const heard: unknown[][] = [[], []];
      one.feed('items', 'given', recording(heard[0] ?? []));
      await expect.poll(() => host.sinks).toHaveLength(1);
      two.feed('items', 'given', recording(heard[1] ?? []));
      await expect.poll(() => host.sinks).toHaveLength(2);
      const waiting = two.call('wait', null);
      await expect.poll(() => host.waiting).toBe(1);
      one.close();
      await expect.poll(() => host.sinks.map(({ stopped }) => stopped)).toEqual([true, false]);
      for (const { sink } of host.sinks) sink.snapshot([], 5);
      await expect.poll(() => heard[1]).toEqual([[5, []]]);
      expect(heard[0]).toEqual([]);
      expect(host.aborted).toBe(0);
      two.close();
      expect(await waiting).toMatchObject({ problem: { code: 'disconnected' } });
    });

    test('too large an answer or question is a problem, too large a frame the end', async () => {
      const { client } = await start();
      expect(await client.call('echo', 'x'.repeat(maximalFrameSize))).toMatchObject({ problem: { code: 'too-large' } });
      // Fits on the way there, where one character more of framing would not; the answer's frame has another one.
      expect(await client.call('add', { a: 1, b: 1 })).toEqual(ok(2));
      client.close();

      for (const frame of ['"'.padEnd(maximalFrameSize + 1, 'x'), new Uint8Array(maximalFrameSize + 1)]) {
        const { host, raw } = await startRaw();
        raw.sendFrame(frame);
        await raw.closed;
        expect(host.errors).toEqual([]);
      }
    });

    test('one client may not open without end', async () => {
      const { host, raw } = await startRaw();
      for (let id = 1; id <= 1001; id += 1) raw.send({ kind: 'call', id, name: 'wait', input: null });
      expect(await raw.next('problem')).toMatchObject({ id: 1001, problem: { code: 'busy' } });
      expect(host.waiting).toBe(1000);
      raw.close();
      await expect.poll(() => host.aborted).toBe(1000);
    });

    test('5 000 frames of garbage crash nothing and get nothing accepted', async () => {
      const { host, raw } = await startRaw();
      const random = pseudoRandom(20_261_122);
      for (let count = 0; count < 5000; count += 1) raw.sendFrame(garbage(random));
      raw.send({ kind: 'call', id: 4_000_000_000, name: 'add', input: { a: 40, b: 2 } });
      await expect.poll(() => raw.received).toContainEqual({ kind: 'reply', id: 4_000_000_000, value: 42 });
      const schema = z.strictObject({ a: z.number(), b: z.number() });
      expect(host.added.filter((input) => !schema.safeParse(input).success)).toEqual([]);
      expect(host.errors).toEqual([]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      raw.close();
    });
  });
}

/** Speaks the protocol by hand, to say what a real client would not. */
class RawClient {
  readonly received: ServerMessage[] = [];
  readonly closed: Promise<string>;
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.closed = new Promise((resolve) => transport.onClose(resolve));
    transport.onFrame((frame) => {
      if (typeof frame === 'string') this.received.push(JSON.parse(frame) as ServerMessage);
    });
  }

  send(message: ClientMessage): void {
    this.sendFrame(JSON.stringify(message));
  }

  sendFrame(frame: string | Uint8Array): void {
    this.#transport.send(frame);
  }

  next<Kind extends ServerMessage['kind']>(kind: Kind): Promise<ServerMessage> {
    return vi.waitFor(() => {
      const found = this.received.find((message) => message.kind === kind);
      if (found === undefined) throw new Error(`No ${kind} came`);
      return found;
    }, patience);
  }

  eventsOf(id: number): { readonly kind: string; readonly seq: number }[] {
    return this.received.filter((message) => 'seq' in message && message.id === id) as { kind: string; seq: number }[];
  }

  close(): void {
    this.#transport.close();
  }
}

const silent = { onSnapshot: () => undefined, onChange: () => undefined, onEnd: () => undefined };

const recording = (heard: unknown[]) => ({
  onSnapshot: (items: readonly Item[], seq: number) => void heard.push([seq, items]),
  onChange: (change: FeedItemChange<Item>, seq: number) => void heard.push([seq, change]),
  onEnd: () => undefined,
});

function jsonValues(): [string, unknown][] {
  return [
    ['scalars', [null, true, false, 0, -1.5, 1e300, Number.MAX_SAFE_INTEGER, '']],
    ['nested', { a: [{ b: { c: [[]] } }, {}], '': { '': '' } }],
    ['text', { text: 'ü 漢字 🦉 \u2028 \u0000 "quoted" \\ </script>', half: '\ud83e' }],
    ['keys of prototypes', JSON.parse('{"constructor":{"prototype":{"polluted":1}},"toString":1}')],
    ['many', Array.from({ length: 2000 }, (_, at) => ({ at, name: `n${at}` }))],
  ];
}

function firstOf<T>(list: readonly T[]): Promise<T> {
  return vi.waitFor(() => only(list.slice(0, 1)), patience);
}

function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`Expected one, not ${list.length}`);
  return first;
}

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

const whyOf = (lane: ByteLane): Promise<string | null> => new Promise((resolve) => lane.onClose(resolve));
const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

/** Mulberry32: the same garbage in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

function garbage(random: () => number): string | Uint8Array {
  if (random() < 0.25) return Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256));
  if (random() < 0.2) {
    return encodeFrame({
      type: Math.floor(random() * 256),
      channel: Math.floor(random() * 20),
      offset: 0,
      payload: new Uint8Array(3),
    });
  }
  const text = JSON.stringify(mutated(random, pick(random, seeds)));
  return random() < 0.5 ? text : withNoise(random, text);
}

const seeds: readonly ClientMessage[] = [
  { kind: 'call', id: 1, name: 'add', input: { a: 1, b: 2 } },
  { kind: 'cancel', id: 1 },
  { kind: 'feed-open', id: 2, name: 'items', key: 'given', after: null, credit: 5 },
  { kind: 'feed-credit', id: 2, more: 5 },
  { kind: 'feed-close', id: 2 },
  { kind: 'bytes-open', id: 3, name: 'lane', key: 'echo' },
  { kind: 'bytes-close', id: 3, why: null },
];

const oddities = [
  null,
  true,
  -1,
  0,
  1.5,
  Number.MAX_VALUE,
  2 ** 53,
  '',
  'add',
  '__proto__',
  'constructor',
  [],
  {},
  [[[[[]]]]],
  JSON.parse('{"__proto__":{"polluted":true}}'),
  'x'.repeat(10_000),
];

function mutated(random: () => number, seed: ClientMessage): unknown {
  const message: Record<string, unknown> = { ...seed };
  for (let count = Math.floor(random() * 3); count >= 0; count -= 1) {
    const key = pick(random, [...Object.keys(message), '__proto__', 'extra']);
    if (random() < 0.2) delete message[key];
    else Object.defineProperty(message, key, { value: pick(random, oddities), enumerable: true, configurable: true });
  }
  return random() < 0.05 ? pick(random, oddities) : message;
}

function withNoise(random: () => number, text: string): string {
  const at = Math.floor(random() * text.length);
  if (random() < 0.3) return text.slice(0, at);
  return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at + 1);
}
