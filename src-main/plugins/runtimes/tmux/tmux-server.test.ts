import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homePaths } from '#main/storage/paths.ts';
import { openTmux } from './tmux-server.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tmux-server-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A tmux that says this, and fails. */
function saying(words: string) {
  const paths = homePaths({ ATHENE_HOME: folder });
  const program = join(folder, 'tmux');
  writeFileSync(program, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
  chmodSync(program, 0o755);
  const tmux = openTmux({ paths, env: {}, find: () => program });
  mkdirSync(dirname(tmux.socket), { recursive: true });
  writeFileSync(tmux.socket, '');
  return tmux;
}

it.skipIf(process.platform === 'win32').each([
  ['no server running on /x', 'none'],
  ['error connecting to /x (No such file or directory)', 'none'],
  ['error connecting to /x (Connection refused)', 'none'],
  ['error connecting to /x (Permission denied)', 'runtime-unreachable'],
  ['error connecting to /x (Too many open files)', 'runtime-unreachable'],
  ['server exited unexpectedly', 'runtime-unreachable'],
])('takes "%s" for %s', async (words, answer) => {
  const listed = await saying(words).list();
  const ended = await saying(words).end('a-1');
  expect(listed.ok ? 'none' : listed.problem.code).toBe(answer);
  expect(ended.ok ? 'none' : ended.problem.code).toBe(answer);
});
