// The script runs in a real shell; its answers come through a pipe.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setUpScript } from './set-up-script.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "athene set-up's ")));
});
afterEach(() => rmSync(root, { recursive: true }));

const agent = ['/bin/sh', '-c', 'echo "agent: $1"', 'sh', "it's $HOME\n`x`"] as const;

async function run(commands: readonly string[], answers = ''): Promise<{ code: number; text: string; state: unknown }> {
  const [script, stateFile] = [join(root, 'set-up.sh'), join(root, 'state.json')];
  writeFileSync(
    script,
    setUpScript({ commands, lines: ['Copied .env'], shell: '/bin/sh', stateFile, argv: [...agent] }),
  );
  const ended = Promise.withResolvers<{ code: number; text: string }>();
  const child = execFile(
    '/bin/sh',
    [script],
    { cwd: root, env: { PATH: '/usr/bin:/bin', HOME: root } },
    (error, text) => ended.resolve({ code: Number(error?.code ?? 0), text }),
  );
  // One that never reads has closed it.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(answers);
  const { code, text } = await ended.promise;
  const state = commands.length === 0 ? null : (JSON.parse(readFileSync(stateFile, 'utf8')) as unknown);
  return { code, text: text.replaceAll('\u0007', ''), state };
}

const ofAgent = "agent: it's $HOME\n`x`\n";

describe.runIf(process.platform !== 'win32')('the script of a set-up', () => {
  it('says what it runs, runs it in order, and becomes the agent', async () => {
    const ended = await run(['echo "one $PWD"', "printf 'a\"b\\n'", 'echo three']);
    expect(ended).toEqual({
      code: 0,
      text: [
        '[set-up] Copied .env',
        '[set-up 1 of 3] echo "one $PWD"',
        `one ${root}`,
        "[set-up 2 of 3] printf 'a\"b\\n'",
        'a"b',
        '[set-up 3 of 3] echo three',
        'three',
        '[set-up] Done.',
        '',
        ofAgent,
      ].join('\n'),
      state: { state: 'done', step: 3, of: 3, command: 'echo three', code: null },
    });
  });

  it('starts the agent at once where there are only files', async () => {
    expect(await run([])).toEqual({ code: 0, text: `[set-up] Copied .env\n${ofAgent}`, state: null });
  });

  it('tries again when told to', async () => {
    const { code, text, state } = await run(['[ -e again ] || { touch again; exit 3; }', 'echo two'], 'what?\nr\n');
    expect([code, text.match(/Retry \(r\)/g)?.length, text.endsWith(ofAgent)]).toEqual([0, 2, true]);
    expect([text.match(/\[set-up 1 of 2\] \[/g)?.length, text.includes('\ntwo\n')]).toEqual([2, true]);
    expect(state).toMatchObject({ state: 'done' });
  });

  it('starts the agent all the same when told to, without what would have followed', async () => {
    const { code, text, state } = await run(['exit 3', 'echo two'], 'a\n');
    expect([code, text.endsWith(ofAgent), text.includes('\ntwo\n')]).toEqual([0, true, false]);
    expect(state).toEqual({ state: 'passed-over', step: 1, of: 2, command: 'exit 3', code: 3 });
  });

  it.each(['l\n', ''])('leaves when told to, or when nobody is there to be asked: %j', async (answer) => {
    const { code, text, state } = await run(['true', 'exit 3', 'echo three'], answer);
    expect([code, text.includes('agent:'), text.includes('\nthree\n')]).toEqual([3, false, false]);
    expect(state).toEqual({ state: 'left', step: 2, of: 3, command: 'exit 3', code: 3 });
  });
});
