// `athene questions` and `athene answer`, with nothing else of Athene running: a plain program asks in its terminal.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let world: World;
beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
});
afterAll(() => world.close());

async function start(command: string): Promise<string> {
  const { code, stdout, stderr } = await world.athene('spawn', '-p', 'demo', '-a', 'custom', '--command', command);
  expect([code, stderr]).toEqual([0, '']);
  return /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
}
const said = async (...words: string[]): Promise<string> => {
  const { stdout, stderr } = await world.athene(...words);
  return stdout + stderr;
};

it('tells what is asked and what would be typed, and types it once it is told to', async () => {
  const id = await start('printf "Overwrite a.txt? [y/N] "; read -r a; echo "got <$a>"; sleep 600');
  await expect.poll(() => said('questions', id), { timeout: 60_000 }).toContain('Overwrite a.txt? [y/N]');
  const { data } = JSON.parse(await said('questions', id, '--json')) as { data: { question: { id: string } }[] };
  const question = data[0]?.question.id ?? '';
  expect(await said('questions')).toContain(`1. Yes  [types y⏎]`);
  expect(await said('answer', id, 'yes', '--dry-run')).toContain('Would type: y⏎');
  expect(await said('answer', id, 'perhaps')).toContain('That is no answer to what is asked');
  const other = '01a00000-0000-7000-8000-000000000000';
  expect(await said('answer', id, 'yes', '--question', other)).toContain('does not ask this any more');
  expect(await said('session', 'output', id)).not.toContain('got');
  expect(await said('answer', id, 'yes', '--question', question)).toBe(`Answered ${id}: typed y⏎, and it went on.\n`);
  expect(await said('session', 'output', id)).toContain('got <y>');
  expect(await said('answer', id, 'yes')).toContain('asks nothing that can be seen');
});

it('shows nothing of a hostile question that would act on a terminal', async () => {
  const id = await start(
    String.raw`printf '\033]0;x\007Allow \342\200\256evil?\r\n\342\235\257 1. \033[31mYes\r\n  2. No\r\n'; sleep 600`,
  );
  await expect.poll(() => said('questions', id), { timeout: 60_000 }).toContain('1. Yes');
  for (const text of [await said('questions', id), await said('questions', id, '--json')]) {
    expect(text).toContain('Allow evil?');
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  }
});
