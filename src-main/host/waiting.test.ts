// Real agents in real terminals, and what a window is told of those that wait for somebody.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { goesOnAfter, looksAfter } from '#shared/domain/activity.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;
const patience = { timeout: 30_000, interval: 50 };

beforeAll(async () => {
  app = await home.open(true);
  await ask(app, 'project.addSandbox', {});
  sessions = follow(app, 'sessions', ({ id }) => id);
}, 30_000);
afterAll(() => home.close(), 30_000);

const spawnAgent = (agent: 'demo' | 'custom', text: string): Promise<string> =>
  spawnIn(app, { agent, ...(agent === 'demo' ? { prompt: text, command: null } : { command: text }) });

const view = (id: string): SessionView | undefined => sessions.items().find((session) => session.id === id);
const shown = (id: string) => {
  const { state, status, because } = view(id) ?? {};
  return { state, status, because };
};
const type = (id: string, text: string) =>
  app.sessions.runtime.input(view(id)?.terminal ?? '', Buffer.from(text, 'utf8'));

it.concurrent('the demo agent asks, is answered, works on and waits no longer', async ({ expect }) => {
  const id = await spawnAgent('demo', 'add a line');
  await expect
    .poll(() => shown(id), patience)
    .toEqual({
      state: 'asks-permission',
      status: 'needs_input',
      because: expect.stringMatching(/^Its screen ends with a question: "Do you want to commit .+\?" \(inferred\)\.$/),
    });
  // It asks since it fell silent, not since somebody saw it.
  expect(view(id)?.since).toBeLessThanOrEqual(Date.now() - looksAfter);
  // A command has its own host and looks at no screen; what the supervisor saw there is on record.
  const command = await home.open(false);
  await command.watch.refresh();
  await expect
    .poll(() => command.listSessions().find((session) => session.id === id)?.because, patience)
    .toMatch(/^Its screen ends with a question: "Do you want to commit .+\?" \(inferred\)\.$/);
  await type(id, '3\r');
  await expect.poll(() => view(id)?.state, patience).not.toBe('asks-permission');
});

it.concurrent('progress and the marks of a shell say whose turn it is, sooner than silence does', async ({
  expect,
}) => {
  const [works, rests] = [String.raw`printf '\033]133;C\007working\n'`, String.raw`printf '\033]133;A\007$ '`];
  const id = await spawnAgent(
    'custom',
    `stty -echo; ${rests}; read -r line; ${works}; read -r line; ${rests}; sleep 600`,
  );
  const said = (state: 'idle' | 'working', because: string) =>
    expect.poll(() => shown(id), patience).toMatchObject({ state, because });
  const atRest = 'Its terminal shows that it is done, or at its prompt (inferred).';
  await said('idle', atRest);
  await type(id, 'go\r');
  await said('working', 'Its terminal shows that it works (inferred).');
  await type(id, 'end\r');
  await said('idle', atRest);
});

it.concurrent('a question without a bell is read from the screen, once per rest', async ({ expect }) => {
  const id = await spawnAgent('custom', `read -p 'Proceed? [y/N] ' answer; stty -echo; echo "got $answer"; read end`);
  await expect
    .poll(() => shown(id).because, patience)
    .toBe('Its screen ends with a question: "Proceed? [y/N]" (inferred).');
  await type(id, 'y\r');
  await expect.poll(() => shown(id), patience).toMatchObject({ state: 'working', status: 'working' });
});

it.concurrent('a notice is told in its own words, and typing answers it', async ({ expect }) => {
  const id = await spawnAgent('custom', String.raw`printf '\033]9;Build is done\007'; stty -echo; read end; read end`);
  await expect
    .poll(() => shown(id), patience)
    .toEqual({ state: 'asks-you', status: 'needs_input', because: 'It sent a notice: "Build is done" (inferred).' });
  await type(id, 'x\r');
  await expect.poll(() => view(id)?.state, patience).toBe('working');
});

it.concurrent('one that rang and ended asks nobody', async ({ expect }) => {
  const end = join(home.path, 'end');
  const id = await spawnAgent(
    'custom',
    `printf 'Proceed? [y/N] \\a'; until [ -e '${end}' ]; do sleep 0.1; done; exit 3`,
  );
  await expect.poll(() => view(id)?.state, patience).toBe('asks-you');
  writeFileSync(end, '');
  await expect.poll(() => shown(id), patience).toMatchObject({ state: 'crashed', status: 'terminated' });
});

const neverRests = (kind: 'asks' | 'streams') =>
  `exec '${process.execPath}' '${join(import.meta.dirname, 'fixtures', 'never-rests.ts')}' ${kind}`;

it.concurrent('a dialog under a spinner that never stops is seen, told to a command, and over once it is answered', async ({
  expect,
}) => {
  const id = await spawnAgent('custom', neverRests('asks'));
  await expect
    .poll(() => shown(id), patience)
    .toEqual({
      state: 'asks-permission',
      status: 'needs_input',
      because: 'Its screen ends with a question: "Do you want to proceed?" (inferred).',
    });
  // It draws for longer than anybody else who would have gone on meanwhile.
  const seenAt = app.watch.facts(view(id)?.terminal ?? null)?.seenAt ?? 0;
  await expect
    .poll(() => app.watch.facts(view(id)?.terminal ?? null)?.seenAt, patience)
    .toBeGreaterThan(seenAt + goesOnAfter);
  expect(view(id)?.state).toBe('asks-permission');
  const command = await home.open(false);
  await command.watch.refresh();
  await expect
    .poll(() => command.listSessions().find((session) => session.id === id)?.state, patience)
    .toBe('asks-permission');
  await type(id, '1');
  await expect.poll(() => shown(id), patience).toMatchObject({ state: 'working', status: 'working' });
});

it.concurrent('what only looks like a question in passing asks nobody', async ({ expect }) => {
  const id = await spawnAgent('custom', neverRests('streams'));
  const [looks, states] = [new Set<number>(), new Set<string | undefined>()];
  await expect
    .poll(() => {
      states.add(view(id)?.state);
      looks.add(app.watch.facts(view(id)?.terminal ?? null)?.seenAt ?? 0);
      return looks.size;
    }, patience)
    .toBeGreaterThan(4);
  expect([...states].filter((state) => state?.startsWith('asks-'))).toEqual([]);
});
