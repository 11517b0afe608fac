import { expect, it } from 'vitest';
import { normaliseIssue } from './issue.ts';

it.each([
  ['7', null, '7'],
  ['#7', null, '7'],
  [' 7 ', null, '7'],
  ['7/', null, '7'],
  ['##7', null, '#7'],
  ['ABC-12', null, 'abc-12'],
  ['https://github.com/acme/api/issues/7', null, '7'],
  ['https://github.com/Acme/API/issues/7/', 'acme/api', '7'],
  ['github.com/acme/api/issues/7?x=1#c', 'github.com/acme/api', '7'],
  ['https://github.com/acme/web/issues/7', 'acme/api', 'github.com/acme/web#7'],
  ['https://gitlab.com/a/b/c/-/issues/9', 'a/b/c', '9'],
  ['https://gitlab.com/a/b/c/-/work_items/9', 'gitlab.com/a/b/c', '9'],
  ['é', null, 'é'],
  ['', null, null],
  [' # ', null, null],
  ['a\nb', null, null],
  ['a\u202eb', null, null],
  ['x'.repeat(201), null, null],
])('%j in %j is %j', (raw, repository, expected) => {
  expect(normaliseIssue(raw, repository)).toBe(expected);
});
