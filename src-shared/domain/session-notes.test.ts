import { expect, it } from 'vitest';
import { isHidden } from './session-notes.ts';

it.each([
  ['nobody put it away', null, 'done', 5, false],
  ['it was put away', 10, 'working', 5, true],
  ['it works on', 10, 'working', 20, true],
  ['it has asked before', 10, 'asks-you', 5, true],
  ['it begins to ask', 10, 'asks-you', 20, false],
  ['it crashes', 10, 'crashed', 20, false],
  ['it was put away crashed', 10, 'crashed', 5, true],
  ['it ends well', 10, 'done', 20, true],
] as const)('when %s: archived at %s, %s since %s: hidden %s', (_, archivedAt, state, since, hidden) => {
  expect(isHidden(archivedAt, { state, since })).toBe(hidden);
});
