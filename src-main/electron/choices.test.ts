import { expect, it } from 'vitest';
import type { Choice } from '#shared/contract/shell-contract.ts';
import { Choices } from './choices.ts';

const tell = (number: number): Choice => ({
  id: `01900000-0000-7000-8000-00000000000${number}`,
  kind: 'tell',
  text: String(number),
});

function listener() {
  const heard: string[] = [];
  let last = 0;
  const sink = {
    snapshot: (items: readonly Choice[], seq: number) => {
      heard.push(...items.map((item) => `snapshot ${item.id}`));
      last = seq;
    },
    upsert: (choice: Choice, seq: number) => {
      heard.push(choice.kind === 'tell' ? choice.text : choice.kind);
      last = seq;
    },
    remove: () => undefined,
    end: () => undefined,
  };
  return { heard, sink, last: () => last };
}

it('a choice waits for the page, and is heard once', () => {
  const choices = new Choices();
  choices.push(tell(1));
  const page = listener();
  const stop = choices.subscribe(null, page.sink);
  choices.push(tell(2));
  stop();
  expect(page.heard).toEqual(['1', '2']);
  const reloaded = listener();
  choices.subscribe(null, reloaded.sink);
  expect(reloaded.heard).toEqual([]);
});

it('a page that lost its connection gets what it missed', () => {
  const choices = new Choices();
  const page = listener();
  const stop = choices.subscribe(null, page.sink);
  choices.push(tell(1));
  const before = page.last();
  stop();
  choices.push(tell(2));
  choices.subscribe(before, page.sink);
  expect(page.heard).toEqual(['1', '2']);
});
