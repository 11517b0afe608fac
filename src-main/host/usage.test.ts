// What real sessions use, from the real process table, told by a real host.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionUsage } from '#shared/domain/usage.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
let usages: ReturnType<typeof follow<'usage'>>;
const patience = { timeout: 30_000, interval: 100 };

beforeAll(async () => {
  host = await home.open(true);
  await ask(host, 'project.addSandbox', {});
  usages = follow(host, 'usage', ({ session }) => session);
}, 30_000);
afterAll(() => home.close(), 30_000);

/** `exec`: whether the person's shell stays behind depends on which it is. */
async function spawn(script: string): Promise<string> {
  const file = join(home.path, `${randomUUID()}.sh`);
  writeFileSync(file, script);
  return spawnIn(host, { command: `exec bash ${file}` });
}

const usage = (id: string): SessionUsage | undefined => usages.items().find(({ session }) => session === id);
const end = (id: string) => ask(host, 'session.kill', { id });

describe.runIf(process.platform === 'linux')('what a session uses', () => {
  it('is told for each by itself, daemons whose parents have ended included, and goes with it', async () => {
    const busy = await spawn('while :; do :; done & while :; do :; done');
    const idle = await spawn('setsid bash -c "(sleep 600; true) &" & sleep 600; true');
    await expect.poll(() => [usage(busy)?.processes, usage(idle)?.processes], patience).toEqual([2, 4]);
    await expect.poll(() => (usage(busy)?.cpu ?? 0) > 4 * (usage(idle)?.cpu ?? 1), patience).toBe(true);
    expect(usage(idle)?.memory).toBeGreaterThan(1024 * 1024);
    // A host that was opened just now tells the same, whoever began them.
    const other = await home.open(false);
    const asked = await ask(other, 'session.resources', { id: idle });
    expect(asked).toMatchObject({ ok: true, value: { usages: [{ session: idle, processes: 4 }], cannotTell: null } });
    await Promise.all([end(busy), end(idle)]);
    await expect.poll(() => [usage(busy), usage(idle)], patience).toEqual([undefined, undefined]);
  }, 90_000);

  it('holds the ports on which its processes listen, and says when it is asked again that they are closed', async () => {
    const server = `require('node:http').createServer().listen(0, '127.0.0.1', function () { require('node:fs').writeFileSync('PORT', String(this.address().port)); })`;
    const id = await spawn(`"${process.execPath}" -e "${server}" & sleep 600`);
    await expect.poll(() => usage(id)?.listening.ports.map(({ address }) => address), patience).toEqual(['127.0.0.1']);
    const [listener] = usage(id)!.listening.ports;
    const answer = await fetch(`http://127.0.0.1:${listener!.port}/`, { signal: AbortSignal.timeout(500) }).catch(
      (error: unknown) => error,
    );
    // It accepts and never answers: somebody listens there.
    expect(String(answer)).toContain('Timeout');
    process.kill(listener!.pid, 'SIGKILL');
    await expect.poll(() => usage(id)?.listening.ports, patience).toEqual([]);
    await end(id);
  }, 90_000);

  it('is asked of one that there is', async () => {
    expect(await ask(host, 'session.resources', { id: 'sandbox-999' })).toMatchObject({
      ...{ ok: false, problem: { code: 'session-unknown' } },
    });
  });
});
