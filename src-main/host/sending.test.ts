// Messages to real agents in real terminals: what is seen of them, what holds them, and what they bring back.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { claimDelivery, deleteDeliveriesOf, enqueue, markFailed } from '../storage/outbox.ts';
import { deleteSession, insertSession } from '../storage/sessions.ts';
import { withMerged } from './fixtures/with-merged.ts';
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

interface Options {
  readonly message?: string;
  readonly restore?: boolean;
  readonly anyway?: boolean;
  readonly timeout?: number;
}
const send = (id: string, text: string, options: Options = {}) =>
  ask(app, 'session.send', { id, message: randomUUID(), text, restore: true, anyway: false, timeout: 30, ...options });

async function terminalOf(id: string): Promise<string> {
  const session = await ask(app, 'session.get', { id });
  return session.ok ? (session.value.terminal ?? '') : '';
}
async function output(id: string): Promise<string> {
  const text = await app.sessions.runtime.output(await terminalOf(id), 100);
  return text.ok ? text.value : '';
}
const confirmed = { ok: true, value: { outcome: 'confirmed', why: null, restored: false } };
/** A message counts as arrived once its echo shows; what the agent makes of it comes after that. */
async function timesOf(id: string, ...parts: readonly string[]): Promise<readonly number[]> {
  const text = await output(id);
  return parts.map((part) => text.split(part).length - 1);
}

describe.concurrent('a message', { timeout: 90_000 }, () => {
  it('is seen to arrive, and typed once however often it is sent', async ({ expect }) => {
    const id = await start('stty -echo; echo ready; while read -r line; do echo "got $line"; done');
    const message = randomUUID();
    const sent = await Promise.all([1, 2, 3].map(() => send(id, 'over here', { message })));
    expect([...sent, await send(id, 'over here', { message })]).toEqual([confirmed, confirmed, confirmed, confirmed]);
    expect(await send(id, 'and this')).toEqual(confirmed);
    await expect.poll(() => timesOf(id, 'got over here', 'got and this'), patience).toEqual([1, 1]);
  });

  it('of which nothing shows is typed, not confirmed, and not typed again', async ({ expect }) => {
    const id = await start('stty -echo; echo ready; while read -r line; do last="$line"; done');
    const message = randomUUID();
    const typed = { ok: true, value: { outcome: 'typed', why: expect.stringContaining('Nothing on its screen') } };
    expect(await send(id, 'into the dark', { message })).toMatchObject(typed);
    expect(await send(id, 'into the dark', { message, timeout: 1 })).toMatchObject(typed);
  });

  it('of several lines is one paste for who asks for it, and one line for who does not', async ({ expect }) => {
    const [asks, plain] = await Promise.all([start("printf '\\033[?2004hready\\n'; cat -v"), start('echo ready; cat')]);
    const both = await Promise.all([asks, plain].map((id) => send(id, 'first\n\tsecond')));
    expect(both).toEqual([confirmed, confirmed]);
    await expect.poll(() => output(asks), patience).toContain('^[[200~first\n');
    await expect.poll(() => timesOf(plain, 'first second'), patience).toEqual([2]);
  });

  it('waits for the answer to a question on the screen, unless it is sent anyway', async ({ expect }) => {
    const dialog = "printf 'Proceed?\\n❯ 1. Yes\\n  2. No\\n'";
    const id = await start(`${dialog}; read -r a; echo "answer $a"; while read -r l; do echo "got $l"; done`);
    await expect.poll(() => output(id), patience).toContain('2. No');
    const queued = await send(id, 'do not answer with me', { timeout: 4 });
    expect(queued).toMatchObject({
      ok: true,
      value: { outcome: 'queued', why: 'It waits until the question on the screen is answered: "Proceed?"' },
    });
    expect(await output(id)).not.toContain('do not');
    await app.sessions.runtime.input(await terminalOf(id), Buffer.from('1\r'));
    await expect.poll(() => output(id), patience).toContain('got do not answer with me');
    expect(await output(id)).toContain('answer 1');
  });

  it('that is held by a question is sent anyway when somebody says so', async ({ expect }) => {
    const dialog = "printf 'Proceed?\\n❯ 1. Yes\\n  2. No\\n'";
    const other = await start(`${dialog}; read -r a; echo "answer $a"; sleep 600`);
    await send(other, 'waits', { timeout: 2 });
    expect(await send(other, 'at once', { anyway: true, timeout: 2 })).toMatchObject({ value: { outcome: 'queued' } });
    const [first] = app.sessions.store.read((tx) =>
      tx.all<{ id: string }>('SELECT id FROM outbox WHERE session = ?', other),
    );
    expect(await ask(app, 'message.sendAnyway', { session: other, message: first?.id ?? '' })).toEqual({
      ok: true,
      value: null,
    });
    await expect.poll(() => output(other), patience).toContain('answer waits');
  });

  it('brings an ended session back, unless that is declined or its work is done', async ({ expect }) => {
    const id = await start('echo "ready again"; while read -r line; do echo "got $line"; done');
    await ask(app, 'session.kill', { id });
    expect(await send(id, 'nobody home', { restore: false })).toMatchObject({
      ok: false,
      problem: { code: 'session-ended', what: `Cannot send to session ${id}: it has ended.` },
    });
    const both = await Promise.all([send(id, 'come back'), send(id, 'you too')]);
    expect(both.map((each) => each.ok && each.value.outcome)).toEqual(['confirmed', 'confirmed']);
    expect(both.filter((each) => each.ok && each.value.restored)).toHaveLength(1);
    await expect.poll(() => timesOf(id, 'got come back', 'got you too'), patience).toEqual([1, 1]);

    await ask(app, 'session.kill', { id });
    await withMerged(app, id);
    const refused = await send(id, 'once more');
    expect(refused).toMatchObject({ problem: { what: `Cannot send to session ${id}: its pull request is merged.` } });
    const rows = app.sessions.store.read((tx) => tx.all('SELECT id FROM outbox WHERE session = ?', id));
    expect(rows).toHaveLength(2);
  });

  it('to a session that ends before it listens is kept as failed, and can be sent again', async ({ expect }) => {
    const dialog = "printf 'Proceed?\\n❯ 1. Yes\\n  2. No\\n'";
    const id = await start(`if [ -e here ]; then echo ready; cat; fi; touch here; ${dialog}; sleep 600`);
    const message = randomUUID();
    const sent = send(id, 'too late', { message });
    const waiting = async () => {
      const session = await ask(app, 'session.get', { id });
      return session.ok ? session.value.messages.map(({ why }) => why) : [];
    };
    await expect.poll(waiting, patience).toEqual([expect.stringContaining('is answered')]);
    await ask(app, 'session.kill', { id });
    expect(await sent).toMatchObject({ ok: false, problem: { what: `${id} has ended; nobody was there to read it.` } });
    const as = randomUUID();
    const other = await start('cat');
    expect(await ask(app, 'message.sendAgain', { session: other, message, as })).toMatchObject({
      problem: { code: 'message-refused' },
    });
    const again = ask(app, 'message.sendAgain', { session: id, message, as });
    expect(await again).toEqual({ ok: true, value: { outcome: 'confirmed', why: null, restored: true } });
    expect(app.sessions.store.read((tx) => tx.all('SELECT id FROM outbox WHERE session = ?', id))).toEqual([
      { id: as },
    ]);
    expect(await ask(app, 'message.discard', { session: id, message })).toMatchObject({
      problem: { code: 'message-unknown' },
    });
  });

  it('that still stands in the terminal is entered, and not typed again, when it is sent again', async ({ expect }) => {
    const id = await start('echo ready; while read -r line; do echo "got $line"; done');
    const [message, as] = [randomUUID(), randomUUID()];
    await expect.poll(() => output(id), patience).toContain('ready');
    await app.sessions.store.write('test', (tx) => {
      enqueue(tx, { id: message, session: id, kind: 'message', body: 'over here' });
      const delivery = claimDelivery(tx, { session: id, owner: null });
      if (delivery !== null) markFailed(tx, delivery, { why: 'cut short', typing: 'begun' });
    });
    await app.sessions.runtime.input(await terminalOf(id), Buffer.from('over here'));
    const next = await send(id, 'and this', { timeout: 2 });
    expect(next).toMatchObject({ value: { outcome: 'queued', why: expect.stringContaining('half typed') } });
    const again = () => ask(app, 'message.sendAgain', { session: id, message, as });
    // Of a paused program the terminal echoes an Enter that nobody reads.
    expect(await ask(app, 'session.freeze', { id })).toMatchObject({ ok: true });
    expect(await again()).toMatchObject({ problem: { what: expect.stringContaining('is paused') } });
    expect(await ask(app, 'session.thaw', { id })).toMatchObject({ ok: true });
    expect([await again(), await again()]).toEqual([confirmed, confirmed]);
    await expect.poll(() => timesOf(id, 'got over here', 'got and this'), patience).toEqual([1, 1]);
    await expect.poll(() => output(id), patience).not.toContain('hereand');
  });

  it('of one session is not asked after, held up or overwritten under the name of another', async ({ expect }) => {
    const dialog = "printf 'Proceed?\\n❯ 1. Yes\\n  2. No\\n'";
    const [id, other] = await Promise.all([start(`${dialog}; sleep 600`), start('echo ready; cat')]);
    const [waits, settled] = [randomUUID(), randomUUID()];
    await send(id, 'theirs', { message: waits, timeout: 0 });
    await ask(app, 'session.kill', { id: other });
    const refused = { ok: false, problem: { code: 'message-refused', kept: 'Nothing was sent.' } };
    expect(await send(other, 'mine', { message: waits })).toMatchObject(refused);
    expect(await send(other, 'kept', { message: settled })).toMatchObject({ value: { restored: true } });
    const again = await ask(app, 'message.sendAgain', { session: other, message: settled, as: waits });
    expect(again).toMatchObject(refused);
    const rows = app.sessions.store.read((tx) =>
      tx.all('SELECT id, owner, body FROM outbox WHERE session IN (?, ?) ORDER BY position', id, other),
    );
    expect(rows).toEqual([
      { id: waits, owner: 'null', body: 'theirs' },
      { id: settled, owner: 'null', body: 'kept' },
    ]);
  });

  it('to a session that is still being made waits for it', async ({ expect }) => {
    await app.sessions.store.write('test', (tx) => insertSession(tx, sampleRecord('app-7')));
    const why = 'The session is still being made; it comes after the prompt.';
    for (const timeout of [0, 1]) {
      expect(await send('app-7', 'when you are there', { timeout })).toEqual({
        ok: true,
        value: { outcome: 'queued', why, restored: false },
      });
    }
    const session = await ask(app, 'session.get', { id: 'app-7' });
    expect(session.ok && session.value.messages).toMatchObject([
      { state: 'waiting', why },
      { text: 'when you are there' },
    ]);
    await app.sessions.store.write('test', (tx) => [deleteDeliveriesOf(tx, 'app-7'), deleteSession(tx, 'app-7')]);
  });

  it('is refused when there is nothing to say, or nobody to say it to', async ({ expect }) => {
    const id = await start('cat');
    expect(await send(id, ' \n\u0003')).toMatchObject({ problem: { code: 'message-refused' } });
    expect(await send('nobody-1', 'hello')).toMatchObject({ problem: { code: 'session-unknown' } });
  });
});
