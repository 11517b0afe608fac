import { expect, it } from 'vitest';
import { devUrlFrom } from './dev-url.ts';

const from = (url: string | undefined, packaged = false): string | null =>
  devUrlFrom(url === undefined ? {} : { ATHENE_DEV_URL: url }, { packaged });

it('takes a port of this machine, written as a number', () => {
  expect(from('http://127.0.0.1:5173')).toBe('http://127.0.0.1:5173');
  expect(from('http://127.0.0.1:65535')).toBe('http://127.0.0.1:65535');
});

it('takes nothing once the app is packaged', () => {
  expect(from('http://127.0.0.1:5173', true)).toBeNull();
});

it.each([
  undefined,
  '',
  'http://127.0.0.1',
  'http://127.0.0.1:',
  'http://127.0.0.1:0',
  'http://127.0.0.1:05173',
  'http://127.0.0.1:65536',
  'http://127.0.0.1:5173/',
  'http://127.0.0.1:5173/index.html',
  'http://127.0.0.1:5173#x',
  'http://127.0.0.1:5173\n',
  ' http://127.0.0.1:5173',
  'https://127.0.0.1:5173',
  'HTTP://127.0.0.1:5173',
  'http://localhost:5173',
  'http://[::1]:5173',
  'http://0.0.0.0:5173',
  'http://127.1:5173',
  'http://2130706433:5173',
  'http://127.0.0.1.example.org:5173',
  'http://127.0.0.1:5173@example.org',
  'http://user@127.0.0.1:5173',
  'http://example.org/#http://127.0.0.1:5173',
  'file:///etc/passwd',
])('takes no other address: %j', (url) => {
  expect(from(url)).toBeNull();
});
