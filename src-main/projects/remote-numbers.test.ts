import { expect, it } from 'vitest';
import { numbersIn } from './remote-numbers.ts';

it('reads the numbers of one prefix and nothing else', () => {
  const refs = [
    'session/api-3',
    'session/api-12',
    'session/api-3',
    'session/api-x',
    'session/web-9',
    'session/api-07',
    'x/session/api-5',
  ];
  expect(numbersIn(`${refs.map((ref) => `0123abcd\trefs/heads/${ref}`).join('\n')}\nnoise`, 'api')).toEqual([3, 12]);
});
