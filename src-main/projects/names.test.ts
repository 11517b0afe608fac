import { describe, expect, it } from 'vitest';
import { deriveProjectId, derivePrefix } from './derive-names.ts';
import { repositoryName } from './inspect-repository.ts';

describe('a session prefix', () => {
  it.each([
    ['app', 'app'],
    ['API', 'api'],
    ['MyApp', 'ma'],
    ['my-app', 'ma'],
    ['some_long_name', 'sln'],
    ['athene', 'ath'],
    ['.dotfiles', 'dot'],
    ['日本語', 'p'],
    ['-', 'p'],
    ['', 'p'],
  ])('of %j is %j', (name, expected) => {
    expect(derivePrefix(name, [])).toBe(expected);
  });
  it('is numbered while others have it, whatever the case', () => {
    expect(derivePrefix('athene', ['ATH', 'ath2'])).toBe('ath3');
    expect(derivePrefix('v2', ['v2'])).toBe('v2-2');
  });
});

it.each([
  ['My App.git', 'My-App'],
  ['Größe', 'Große'.replace('ß', '-')],
  ['../..', 'project'],
  ['CON', 'project'],
  ['x'.repeat(300), 'x'.repeat(56)],
])('an id made from %j is %j', (name, expected) => {
  expect(deriveProjectId(name, [])).toBe(expected);
});

it.each([
  ['https://user:token@github.com/Owner/Repo.git', 'github.com/Owner/Repo'],
  ['git@github.com:owner/repo.git', 'github.com/owner/repo'],
  ['ssh://git@example.org:2222/group/sub/repo', 'example.org/group/sub/repo'],
  ['https://example.org/a/b/?token=x', 'example.org/a/b'],
  ['/srv/git/repo.git', null],
  ['../repo', null],
  ['file:///srv/repo', null],
  ['C:\\repo', null],
  ['ext::sh -c touch% x', null],
  ['https://example.org/$(touch x)', null],
])('the repository of %j is %j', (url, expected) => {
  expect(repositoryName(url)).toBe(expected);
});
