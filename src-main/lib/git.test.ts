// A repository as an attacker leaves it: its configuration names programs, and a look at it must start none of them.
import { setTimeout as delay } from 'node:timers/promises';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from './fixtures/temporary-repository.ts';
import { withoutCredentials } from './git.ts';

let place: TemporaryRepository;
let marks: string;

beforeAll(() => {
  place = temporaryRepository();
  marks = join(place.root, 'marks');
  const hooks = join(place.root, 'hooks');
  mkdirSync(hooks);
  for (const name of ['post-checkout', 'post-index-change', 'reference-transaction', 'pre-auto-gc'])
    writeFileSync(join(hooks, name), readFileSync(marker(`hook-${name}`)), { mode: 0o755 });
  writeFileSync(join(place.path, '.gitattributes'), '* diff=evil\n');
  writeFileSync(join(place.path, '.git', 'refs', 'heads', 'absent'), `${'1'.repeat(40)}\n`);
  const settings = {
    'core.repositoryFormatVersion': '1',
    'core.hooksPath': hooks,
    'core.fsmonitor': marker('fsmonitor'),
    'core.sshCommand': marker('ssh'),
    'core.askPass': marker('askpass'),
    'core.editor': marker('editor'),
    'core.pager': marker('pager'),
    'core.alternateRefsCommand': marker('alternate-refs'),
    'credential.helper': marker('credential'),
    'diff.external': marker('external-diff'),
    'diff.evil.textconv': marker('textconv'),
    'gpg.program': marker('gpg'),
    'log.showSignature': 'true',
    'alias.status': `!${marker('alias')}`,
    'protocol.ext.allow': 'always',
    // Objects that are missing come from here, without anybody's asking for a fetch.
    'extensions.partialClone': 'evil',
    'remote.evil.promisor': 'true',
    'remote.evil.url': place.path,
    'remote.evil.uploadPack': marker('upload-pack'),
    'remote.program.url': `ext::${marker('ext')}`,
  };
  for (const [name, value] of Object.entries(settings)) place.sh(['config', name, value]);
});

afterAll(() => place.end());

function marker(name: string): string {
  const path = join(place.root, `run-${name}`);
  writeFileSync(path, `#!/bin/sh\necho ${name} >> '${marks}'\nexit 1\n`);
  chmodSync(path, 0o755);
  return path;
}

const ran = (): string => (existsSync(marks) ? readFileSync(marks, 'utf8') : '');

describe('a hostile configuration', () => {
  it('has programs that git runs when nobody holds it back, so that the marks mean something', () => {
    expect(() => place.sh(['cat-file', '-t', '1'.repeat(40)])).toThrow();
    expect(ran()).toContain('upload-pack');
    writeFileSync(marks, '');
  });

  const looks: readonly (readonly string[])[] = [
    ['status', '--porcelain', '-z', '--untracked-files=all', '--ignored=matching'],
    ['rev-parse', '--verify', '--quiet', '--end-of-options', 'refs/heads/absent^{commit}'],
    ['rev-parse', '--show-toplevel'],
    ['cat-file', '-t', '1'.repeat(40)],
    ['for-each-ref', '--contains=HEAD', '--format=%(refname)', 'refs/heads'],
    ['worktree', 'list', '--porcelain'],
    ['ls-files', '-v', '--stage', '-z'],
    ['symbolic-ref', '--quiet', '--short', 'HEAD'],
    ['config', '--get', 'remote.evil.url'],
    ['update-ref', 'refs/athene/rescue/x/1', 'HEAD', ''],
    ['ls-remote', 'program'],
  ];

  it.each(looks)('runs none of them at git %s %s', async (...args) => {
    await place.git.run(place.path, args, { timeoutMs: 10_000 });
    expect(ran()).toBe('');
  });
});

it('asks again while another git has a worktree half made', async () => {
  const half = join(place.path, '.git', 'worktrees', 'half');
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, 'gitdir'), `${join(place.root, 'half', '.git')}\n`);
  writeFileSync(join(half, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(half, 'commondir'), '');
  expect(() => place.sh(['worktree', 'list'])).toThrow(/commondir/);
  const asked = place.git.run(place.path, ['worktree', 'list', '--porcelain']);
  // Long enough that it has been asked at least once, and far less than it goes on asking.
  await delay(25);
  writeFileSync(join(half, 'commondir'), '../..\n');
  const answer = await asked;
  rmSync(half, { recursive: true });
  expect(answer.ok && answer.value).toContain(join(place.root, 'half'));
});

describe('withoutCredentials', () => {
  it.each([
    ['https://name:token@host/path', 'https://host/path'],
    ['https://name:to@ken@host/path', 'https://host/path'],
    [
      "could not read from 'ssh://git:word@host:22/x' and 'https://t@host'",
      "could not read from 'ssh://host:22/x' and 'https://host'",
    ],
    ['git@host:owner/repo', 'git@host:owner/repo'],
    ['https://host/a@b', 'https://host/a@b'],
  ])('takes %s to %s', (text, expected) => {
    expect(withoutCredentials(text)).toBe(expected);
  });
});
