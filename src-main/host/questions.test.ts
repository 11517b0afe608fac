// What real programs in real terminals ask: seen as data with an id, and closed when it is asked no more.
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;
const patience = { timeout: 25_000, interval: 50 };

beforeAll(async () => {
  app = await home.open(true);
  await ask(app, 'project.addSandbox', {});
}, 30_000);
afterAll(() => home.close(), 30_000);

const start = (command: string): Promise<string> => spawnIn(app, { command });

const asks = async (id: string): Promise<AskedQuestion | null> => {
  const session = await ask(app, 'session.get', { id });
  return session.ok ? session.value.question : null;
};
async function type(id: string, keys: string): Promise<void> {
  const session = await ask(app, 'session.get', { id });
  await app.sessions.runtime.input(session.ok ? (session.value.terminal ?? '') : '', Buffer.from(keys));
}

describe.concurrent('what is asked', { timeout: 90_000 }, () => {
  it('is told as data, and no more once somebody typed', async ({ expect }) => {
    const id = await start('printf "Overwrite a.txt? [y/N] "; read -r a; echo "got $a"; sleep 600');
    await expect
      .poll(() => asks(id), patience)
      .toMatchObject({
        ...{ kind: 'choice', text: 'Overwrite a.txt? [y/N]', source: 'screen', takesText: false },
        choices: [
          { number: 1, label: 'Yes', keys: 'y\r' },
          { number: 2, label: 'No', keys: 'n\r' },
        ],
      });
    await type(id, 'y\r');
    await expect.poll(() => asks(id), patience).toBe(null);
    const how = app.sessions.store.read((tx) => tx.all('SELECT how FROM questions WHERE session = ?', id));
    expect(how).toEqual([{ how: '{"kind":"typed"}' }]);
  });

  it('has another id each time, also when it is asked in the same words', async ({ expect }) => {
    const id = await start('while :; do printf "Again? [y/N] "; read -r a; done');
    await expect.poll(() => asks(id), patience).not.toBe(null);
    const first = await asks(id);
    await type(id, 'y\r');
    await expect.poll(async () => (await asks(id))?.id ?? first?.id, patience).not.toBe(first?.id);
    expect((await asks(id))?.text).toBe(first?.text);
  });

  it('is over when the session is stopped', async ({ expect }) => {
    const id = await start("printf 'Which?\\n❯ 1. This\\n  2. That\\n'; read -r a");
    await expect.poll(() => asks(id), patience).toMatchObject({ text: 'Which?' });
    await ask(app, 'session.kill', { id });
    expect(await asks(id)).toBe(null);
    const open = () =>
      app.sessions.store.read((tx) => tx.all('SELECT 1 FROM questions WHERE closed IS NULL AND session = ?', id));
    await expect.poll(open, patience).toEqual([]);
  });
});
