// Paused spawns as the command shows and keeps them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'api');
}, 60_000);

afterAll(async () => world.close(), 60_000);

const spawn = () => world.athene('spawn', '--project', 'api', '--agent', 'custom', '--command', 'cat');

it('are paused, said, kept by each command, and resumed', async () => {
  expect(await world.athene('spawns', 'status')).toMatchObject({ code: 0, stdout: 'New spawns are allowed.\n' });
  expect((await world.athene('spawns', 'pause')).code).toBe(0);
  expect(await spawn()).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('athene spawns resume') });
  expect((await world.athene('status')).stdout).toContain('New spawns are paused.');
  const { stdout } = await world.athene('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ data: [], meta: { spawnsPaused: true } });

  expect((await world.athene('spawns', 'resume')).code).toBe(0);
  expect(await spawn()).toMatchObject({ code: 0, stdout: expect.stringMatching(/SESSION=\S+\n$/) });
  expect((await world.athene('status')).stdout).not.toContain('paused');
});

it.each([
  [['stop'], 'Which of ls, limit, cancel, pause, resume, status?'],
  [['pause', 'now'], 'Usage: athene spawns pause'],
])('are explained for %j', async (words, told) => {
  expect(await world.athene('spawns', ...words)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(told),
  });
});
