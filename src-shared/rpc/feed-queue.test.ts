import { expect, test } from 'vitest';
import { FeedQueue, type FeedEvent } from './feed-queue.ts';

const upsert = (id: string, seq: number) => ({ kind: 'upsert', id, seq, item: { id, seq } }) as const;
const remove = (id: string, seq: number) => ({ kind: 'remove', id, seq }) as const;

test('with credit everything leaves at once and as it came', () => {
  const sent: FeedEvent[] = [];
  const queue = new FeedQueue(4, (event) => sent.push(event));
  queue.snapshot([1], 1);
  for (const change of [upsert('a', 2), upsert('a', 3), remove('a', 4)]) queue.change(change);
  expect(sent).toEqual([{ kind: 'snapshot', items: [1], seq: 1 }, upsert('a', 2), upsert('a', 3), remove('a', 4)]);
});

test('without credit the last change of each item waits, in the order of the numbers', () => {
  const sent: FeedEvent[] = [];
  const queue = new FeedQueue(0, (event) => sent.push(event));
  for (const change of [
    upsert('a', 1),
    upsert('b', 2),
    upsert('c', 3),
    upsert('a', 4),
    remove('b', 5),
    upsert('d', 6),
  ]) {
    queue.change(change);
  }
  queue.grant(2);
  expect(sent).toEqual([upsert('c', 3), upsert('a', 4)]);
  queue.grant(10);
  expect(sent.slice(2)).toEqual([remove('b', 5), upsert('d', 6)]);
  queue.change(upsert('e', 7));
  expect(sent.at(-1)).toEqual(upsert('e', 7));
});

test('a snapshot makes what waited pointless, and leaves before what follows', () => {
  const sent: FeedEvent[] = [];
  const queue = new FeedQueue(0, (event) => sent.push(event));
  queue.change(upsert('a', 1));
  queue.snapshot([1], 2);
  queue.snapshot([2], 3);
  queue.change(upsert('b', 4));
  queue.grant(1);
  expect(sent).toEqual([{ kind: 'snapshot', items: [2], seq: 3 }]);
  queue.grant(5);
  expect(sent.slice(1)).toEqual([upsert('b', 4)]);
});
