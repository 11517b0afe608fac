import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { itAtHome } from './fixtures/pty-home.ts';

/** `ATHENE_ALL_FAULTS=1` does five hundred. */
const cycles = process.env['ATHENE_ALL_FAULTS'] === '1' ? 500 : 200;

interface Held {
  readonly descriptors: number;
  readonly ptys: number;
  /** Megabytes. */
  readonly memory: number;
}

function heldBy(pid: number): Held {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return ''; // Closed between the two looks.
    }
  });
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return {
    descriptors: links.length,
    ptys: links.filter((link) => link.startsWith('/dev/ptmx') || link.startsWith('/dev/pts/')).length,
    memory: (pages * 4096) / 1024 / 1024,
  };
}

itAtHome.skipIf(process.platform !== 'linux')(
  'programs that start and end leave no descriptor, no PTY and no memory behind in the pty host',
  async ({ home, expect }) => {
    const cycle = async (count: number): Promise<void> => {
      for (let done = 0; done < count; done += 10) {
        const specs = Array.from({ length: 10 }, () => home.spec('echo one line; exit 0'));
        for (const spec of specs) expect((await home.runtime.create(spec)).ok).toBe(true);
        for (const { terminal } of specs) {
          await expect
            .poll(async () => (await home.runtime.probe(terminal)).kind, { timeout: 30_000, interval: 10 })
            .toBe('ended');
          expect((await home.runtime.forget(terminal)).ok).toBe(true);
        }
      }
    };
    await cycle(20);
    const [host = 0] = await home.hosts();
    const before = heldBy(host);
    await cycle(cycles);
    const after = heldBy(host);
    const told = JSON.stringify({ before, after });
    expect([after.descriptors <= before.descriptors + 2, after.ptys], told).toEqual([true, 0]);
    expect(after.memory - before.memory, told).toBeLessThan(40);
  },
  300_000,
);
