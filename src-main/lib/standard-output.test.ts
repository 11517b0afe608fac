import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';

const file = new URL('./standard-output.ts', import.meta.url).href;

/** What a process printed that ran this, and its exit code; it is read, or nobody reads it. */
async function printed(script: string, reads = true): Promise<readonly [number, string, number | null]> {
  const source = `import { onStreamMade, printWhole } from ${JSON.stringify(file)};\n${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [length, told] = [0, ''];
  if (reads) child.stdout.on('data', (data: Buffer) => (length += data.length));
  else child.stdout.destroy();
  child.stderr.on('data', (data: Buffer) => (told += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return [length, told, code];
}

it('prints all of a text that no pipe holds at once, and makes no stream for it', async () => {
  const script = `let made = 0; onStreamMade((name) => { if (name === 'stdout') made += 1; });
    printWhole('x'.repeat(3_000_000)); process.stderr.write(String(made));`;
  expect(await printed(script)).toEqual([3_000_000, '0', 0]);
});

it('ends well when its reader has gone away', async () => {
  expect((await printed(`setTimeout(() => printWhole('x'.repeat(3_000_000)), 50);`, false))[2]).toBe(0);
});

it.runIf(process.platform === 'linux')('says what was not written, and fails', async () => {
  const script = `import { openSync, closeSync } from 'node:fs'; closeSync(1); openSync('/dev/full', 'w'); printWhole('x');`;
  expect(await printed(script)).toEqual([0, expect.stringMatching(/^athene: what it had to say .*ENOSPC[^\n]*\n$/), 1]);
});

it('tells once of a stream that is made, before anything is written to it', async () => {
  const script = `const told = []; onStreamMade((name, stream) => told.push(name, stream.writableLength));
    const before = told.length; process.stdout.write('a'); process.stdout.write('b');
    printWhole(JSON.stringify([before, told]));`;
  expect(await printed(script)).toEqual([`ab[0,["stdout",0]]`.length, '', 0]);
});
