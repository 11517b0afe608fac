// What a new viewer begins with: the mirror's checkpoint, and without a mirror the last output.
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { itAtHome as it, until, type PtyHome } from './fixtures/pty-home.ts';

/** More than what is simply replayed. */
const talkative = 'seq 1 40000; echo READY; read line; echo "got $line"; sleep 60';

async function printed(home: PtyHome): Promise<string> {
  const one = home.spec(talkative);
  await home.runtime.create(one);
  await expect.poll(() => home.runtime.output(one.terminal, 1)).toEqual({ ok: true, value: 'READY' });
  return one.terminal;
}

async function mirrors(home: PtyHome): Promise<number[]> {
  const [host] = await home.hosts();
  const children = (await readFile(`/proc/${host}/task/${host}/children`, 'utf8'))
    .split(' ')
    .filter(Boolean)
    .map(Number);
  const lines = await Promise.all(children.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return children.filter((_, at) => lines[at]?.includes('mirror'));
}

it('begins with a checkpoint, goes on with what follows, and reads the screen as a person does', async ({ home }) => {
  const terminal = await printed(home);
  const { seen } = await home.view(terminal, { from: 'screen', lease: true });
  await until(() => seen.lease);
  expect([seen.snapshots, seen.text.length < 64 * 1024]).toEqual([1, true]);
  await home.runtime.input(terminal, Buffer.from('word\r'));
  await until(() => seen.text.endsWith('got word\r\n'));
  const screen = await home.runtime.screen(terminal);
  expect(screen.ok && screen.value.rows.slice(-4)).toEqual(['READY', 'word', 'got word', '']);
});

it('does without the mirror when it dies, and starts another', async ({ home }) => {
  const terminal = await printed(home);
  const [mirror] = await mirrors(home);
  process.kill(mirror!, 'SIGKILL');
  const { seen } = await home.view(terminal, { from: 'screen', lease: true });
  await until(() => seen.lease);
  await home.runtime.input(terminal, Buffer.from('word\r'));
  await until(() => seen.text.endsWith('got word\r\n'));
  await expect.poll(async () => (await mirrors(home))[0] ?? mirror).not.toBe(mirror);
  expect(await home.runtime.output(terminal, 1)).toEqual({ ok: true, value: 'got word' });
});
