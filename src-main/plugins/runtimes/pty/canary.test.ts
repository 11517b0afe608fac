// Numbered lines through the real host: whatever viewers do, each byte reaches them once, and none holds up the others.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itAtHome as it, until, type PtyHome } from './fixtures/pty-home.ts';

const last = 100_000;
/** Prints in bursts, so that viewers are sometimes in front and sometimes far behind. */
const canaries = `read go; seq -f "canary %.0f" 1 ${last} | while IFS= read -r line; do echo "$line"; done`;
const expected = Array.from({ length: last }, (_, at) => `canary ${at + 1}\r\n`).join('');
const start = (home: PtyHome, terminal: string) => home.runtime.input(terminal, Buffer.from('\r'));
/** The echo of the key that starts it. */
const echo = '\r\n';

it.concurrent('gives viewers that come and go each byte once', async ({ home, expect }) => {
  const one = home.spec(canaries);
  await home.runtime.create(one);
  await start(home, one.terminal);
  const random = seeded(7);
  const watch = async () => {
    let [text, attachments, gaps, snapshots] = ['', 0, 0, 0];
    for (let ended = false; !ended; attachments += 1) {
      const { seen, lane } = await home.view(one.terminal, { from: text.length, lease: random() < 0.3 });
      const enough = random() * 100_000;
      await until(() => seen.text.length > enough || seen.exit);
      lane.close();
      text += seen.text;
      gaps += seen.gaps;
      snapshots += seen.snapshots;
      ended = seen.exit !== null;
    }
    return { whole: text === echo + expected, gaps, snapshots, often: attachments > 5 };
  };
  const viewers = await Promise.all([watch(), watch(), watch()]);
  expect(viewers).toEqual(viewers.map(() => ({ whole: true, gaps: 0, snapshots: 0, often: true })));
});

it.concurrent('lets a client that was killed go on where it stopped', async ({ home, expect }) => {
  const one = home.spec(canaries);
  await home.runtime.create(one);
  await start(home, one.terminal);
  let text = '';
  for (let round = 0; text.length < echo.length + expected.length && round < 20; round += 1) {
    const enough = text.length + 300_000;
    const entry = join(import.meta.dirname, 'fixtures', 'reader.ts');
    const reader = spawn(process.execPath, [entry, home.paths.home, one.terminal, String(text.length)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    reader.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.length > enough) reader.kill('SIGKILL');
    });
    await new Promise((resolve) => reader.once('close', resolve));
  }
  expect(text === echo + expected).toBe(true);
});

it.concurrent('drops a viewer that parses nothing to a snapshot, and neither the program nor others wait for it', async ({
  home,
  expect,
}) => {
  const one = home.spec(canaries);
  await home.runtime.create(one);
  const stuck = await home.view(one.terminal, { from: 0, lease: true }, { acknowledge: false });
  await until(() => stuck.seen.lease);
  const quick = await home.view(one.terminal, { from: 0, lease: false });
  await start(home, one.terminal);
  await until(() => quick.seen.exit);
  expect(quick.seen.text === echo + expected).toBe(true);
  expect(stuck.seen.text.length).toBeLessThan(700_000);
  stuck.acknowledge();
  await until(() => stuck.seen.snapshots > 1 || stuck.seen.exit);
});

it('keeps its memory while programs flood and nobody reads', async ({ home, expect }) => {
  const floods = Array.from({ length: 4 }, () => home.spec('yes "$(printf %200s | tr " " x)"'));
  await Promise.all(floods.map((flood) => home.runtime.create(flood)));
  await Promise.all(
    floods.slice(0, 2).map(({ terminal }) => home.view(terminal, { from: 0, lease: true }, { acknowledge: false })),
  );
  const [pid] = await home.hosts();
  const flooded = async () => {
    const listed = await home.runtime.list();
    return listed.ok && listed.value.every(({ offset }) => offset > 5_000_000);
  };
  await expect.poll(flooded).toBe(true);
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  expect(megabytes).toBeLessThan(250);
});

it.concurrent('gives back what a terminal held: descriptors are as before after many', async ({ home, expect }) => {
  await home.runtime.create(home.spec('sleep 60'));
  const [pid] = await home.hosts();
  const { readdir } = await import('node:fs/promises');
  const descriptors = async () => (await readdir(`/proc/${pid}/fd`)).length;
  const before = await descriptors();
  for (let round = 0; round < 10; round += 1) {
    const specs = Array.from({ length: 10 }, () => home.spec('echo short'));
    await Promise.all(specs.map((one) => home.runtime.create(one)));
    const views = await Promise.all(specs.map(({ terminal }) => home.view(terminal, { from: 0, lease: false })));
    await until(() => views.every(({ seen }) => seen.exit));
    for (const { lane } of views) lane.close();
  }
  await expect.poll(descriptors).toBe(before);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
