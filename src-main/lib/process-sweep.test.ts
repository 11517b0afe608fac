import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { usedSince } from '#shared/domain/process-table.ts';
import { identityOf } from './process-identity.ts';
import { ProcessMarks } from './process-marks.ts';
import { parsePs, parseStat, sweepProcesses, type SweptProcess } from './process-sweep.ts';

const patience = { timeout: 20_000, interval: 50 };
const units = { page: 4096, ticks: 100 };

async function sweep(): Promise<readonly SweptProcess[]> {
  const swept = await sweepProcesses();
  if (!swept.ok) throw new Error(swept.problem);
  return swept.value;
}

describe('a line of the process table', () => {
  const stat =
    '7 (a) b (c) S 3 7 5 34816 7 4194560 100 200 0 0 50 20 300 40 20 0 1 0 987654 12345678 250 18446744073709551615';
  it('of /proc is read behind the last bracket of its name', () => {
    expect(parseStat(7, stat, units)).toEqual({
      ...{ pid: 7, name: 'a) b (c', ended: false, parent: 3, leader: 5, startTime: '987654', started: 987_654 },
      ...{ cpu: 700, childrenCpu: 3400, memory: 250 * 4096 },
    });
    expect(parseStat(7, stat.replace(') S', ') Z'), units)?.ended).toBe(true);
    expect(parseStat(7, 'nonsense', units)).toBeNull();
  });

  it.each([
    ['0:01.25', 1250],
    ['01:02:03', 3_723_000],
    ['2-01:00:00', 176_400_000],
  ])('of ps with the time %s is read', (time, cpu) => {
    expect(parsePs(`  501   1   501   2048 ${time} Thu Nov 26 14:20:00 2026`)).toMatchObject({
      ...{ pid: 501, parent: 1, memory: 2_097_152, cpu },
      ...{ startTime: 'Thu Nov 26 14:20:00 2026', started: Date.UTC(2026, 10, 26, 14, 20) },
    });
  });
});

describe.runIf(process.platform === 'linux')('a sweep', () => {
  it('finds this process, as what it is and with the memory that it has', async () => {
    const own = (await sweep()).find(({ pid }) => pid === process.pid)!;
    const resident = process.memoryUsage().rss;
    expect([own.startTime, own.parent, own.ended]).toEqual([identityOf(process.pid)?.startTime, process.ppid, false]);
    expect(own.memory / resident).toBeGreaterThan(0.5);
    expect(own.memory / resident).toBeLessThan(2);
  });

  it('tells the processor time that somebody has used, and that of children for which somebody has waited', async () => {
    const before = await sweep();
    const [began, ownBegan] = [process.resourceUsage(), performance.now()];
    while (performance.now() - ownBegan < 300);
    // Whoever waits for it is this process itself.
    const burnt = spawnSync('/bin/sh', ['-c', 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; times']);
    const spent = usedSince(before, await sweep()).get(process.pid)!;
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    const own = (userCPUTime + systemCPUTime - began.userCPUTime - began.systemCPUTime) / 1000;
    const child = millisecondsIn(burnt.stdout.toString());
    expect(spent / (own + child)).toBeGreaterThan(0.7);
    expect(spent / (own + child)).toBeLessThan(1.4);
  });

  it('reads the mark of a process once, and again when it has become another program', async () => {
    const child = spawn('/bin/sh', ['-c', 'read line; exec sleep 60'], { env: { MARK: 'here' }, stdio: 'pipe' });
    try {
      const row = () => sweep().then((rows) => rows.find(({ pid }) => pid === child.pid));
      await expect.poll(async () => (await row())?.name, patience).toBe('sh');
      const [marks, first] = [new ProcessMarks('MARK'), (await row())!];
      expect([marks.markOf(first), new ProcessMarks('OTHER').markOf(first)]).toEqual(['here', null]);
      child.stdin.write('\n');
      await expect.poll(async () => (await row())?.name, patience).toBe('sleep');
      expect(marks.markOf((await row())!)).toBe('here');
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('is the same where a ps tells it', async () => {
    const printed = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,rss=,time=,lstart='], {
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    });
    if (printed.error !== undefined) return; // This machine has no ps, and needs none.
    const rows = printed.stdout.toString().split('\n').map(parsePs);
    expect(rows.find((row) => row?.pid === process.pid)).toMatchObject({ parent: process.ppid });
  });
});

/** `times` prints minutes and seconds of the shell on its first line: `0m0.10s 0m0.02s`. */
const millisecondsIn = (printed: string): number =>
  [...(printed.split('\n')[0] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
