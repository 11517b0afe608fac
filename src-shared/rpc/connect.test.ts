// The client against a host that is played by hand: what only a strange host would do.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from './connect.ts';
import { call, defineContract, feed } from './define-contract.ts';
import { memoryTransportPair } from './memory-transport.ts';
import type { ClientMessage } from './protocol.ts';
import { serve } from './serve.ts';

const contract = defineContract({
  version: { major: 1, minor: 0 },
  members: {
    ask: call({ input: z.null(), output: z.null(), problems: [] }),
    items: feed({ key: z.null(), item: z.object({ id: z.string() }), idOf: ({ id }) => id }),
  },
});

function playHost(options = {}) {
  const [host, end] = memoryTransportPair();
  const heard: ClientMessage[] = [];
  host.onFrame((frame) => heard.push(JSON.parse(String(frame)) as ClientMessage));
  const client = connect(contract, end, options);
  return { host, heard, client, say: (message: object) => host.send(JSON.stringify(message)) };
}

test('credit comes back for what was heard, never more', async () => {
  const { heard, client, say } = playHost({ feedCredit: 4 });
  let changes = 0;
  client.feed('items', null, { onSnapshot() {}, onChange: () => (changes += 1), onEnd() {} });
  for (let seq = 1; seq <= 21; seq += 1) say({ kind: 'feed-upsert', id: 1, seq, item: { id: 'a' } });
  await expect.poll(() => changes).toBe(21);
  await expect.poll(() => heard.filter(({ kind }) => kind === 'feed-credit')).toHaveLength(10);
  expect(heard.filter((message) => message.kind === 'feed-credit').map(({ more }) => more)).toEqual(
    Array.from({ length: 10 }, () => 2),
  );
  client.close();
});

test('a host that never says hello is given up', async () => {
  const { client } = playHost({ helloWithin: 10 });
  expect(await client.ready).toMatchObject({ problem: { code: 'deadline' } });
  expect(await client.closed).toBe('No hello came');
});

test('a deadline needs no host', async () => {
  const { client, heard } = playHost({ deadlineMs: 10 });
  expect(await client.call('ask', null)).toMatchObject({ problem: { code: 'deadline' } });
  await expect.poll(() => heard.map(({ kind }) => kind)).toEqual(['hello', 'call', 'cancel']);
  client.close();
});

test('answers to nobody, kinds of the future and broken ones are skipped', async () => {
  const { client, say } = playHost();
  const answer = client.call('ask', null);
  for (const message of [
    { kind: 'reply', id: 99, value: 1 },
    { kind: 'bytes-opened', id: 1 },
    { kind: 'feed-upsert', id: 1, seq: 1, item: {} },
    { kind: 'telepathy', id: 1 },
    { kind: 'problem', id: 1, problem: 'no' },
    [],
  ]) {
    say(message);
  }
  say({ kind: 'reply', id: 1, value: null, colour: 'green' });
  expect(await answer).toEqual({ ok: true, value: null });
  client.close();
});

test('a client that never says hello is dropped', async () => {
  const [host, end] = memoryTransportPair();
  const handlers = {
    calls: { ask: async () => ({ ok: true, value: null }) as const },
    feeds: { items: () => () => undefined },
    bytes: {},
  };
  const served = serve(contract, handlers, host, null, { helloWithin: 10 });
  expect(await served.closed).toBe('No hello came');
  end.onFrame(() => undefined);
  expect(await new Promise((resolve) => end.onClose(resolve))).toBe('No hello came');
});
