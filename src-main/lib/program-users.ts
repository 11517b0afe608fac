// Who runs from a tree of programs, or would start something from it: an agent has the tree's `bin` on its PATH.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { run } from './exec.ts';
import { faultPoint } from './fault-points.ts';

export type ProgramUsers = 'none' | 'some' | 'unknown';

/** `directory` with its links resolved. Processes of others are not counted: the tree lies in a home that is closed to them. */
export async function findProgramUsers(directory: string): Promise<ProgramUsers> {
  try {
    faultPoint('process', 'program-scan');
    if (process.platform === 'linux') return usersOnLinux(directory);
    if (process.platform === 'darwin') return await usersByPs(directory);
    return 'unknown'; // Windows tells nobody the environment of a process.
  } catch {
    return 'unknown'; // Could not look: the third value is the answer.
  }
}

function usersOnLinux(directory: string): ProgramUsers {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const mentions = pids.some((pid) => {
    const told = [
      readQuietly(() => readlinkSync(`/proc/${pid}/exe`)),
      readQuietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
      readQuietly(() => readFileSync(`/proc/${pid}/environ`, 'utf8')),
    ];
    return told.some((text) => text.includes(`${directory}/`));
  });
  return mentions ? 'some' : 'none';
}

/** A process that ended meanwhile, or another user's, is no answer and no error. */
function readQuietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** `-E` prints the environment behind the arguments. */
async function usersByPs(directory: string): Promise<ProgramUsers> {
  const asked = await run({
    file: '/bin/ps',
    args: ['-axww', '-E', '-o', 'command='],
    cwd: '/',
    env: { LC_ALL: 'C' },
    timeoutMs: 10_000,
  });
  if (asked.kind !== 'exited' || asked.code !== 0 || asked.stdout === '') return 'unknown';
  return asked.stdout.includes(`${directory}/`) ? 'some' : 'none';
}
