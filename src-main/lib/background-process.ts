// Starts a program of Athene's own that is spoken to by pipe and works in the background.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setPriority } from 'node:os';
import { faultPoint } from './fault-points.ts';
import { openForAppend } from './files.ts';

export interface BackgroundProgram {
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of the program. */
  readonly entry: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** The whole environment; see {@link plainEnvironment}. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes what the program prints; made with mode 0600. */
  readonly logFile: string;
}

/** A child with line pipes on stdin and stdout, at low priority. It ends with its starter, because its stdin ends then. */
export function startPiped(program: BackgroundProgram): ChildProcess {
  const log = openForAppend(program.logFile);
  try {
    faultPoint('process', 'start-piped');
    const child = spawn(program.node, [program.entry, ...program.arguments], {
      cwd: program.cwd,
      env: { ...program.env },
      windowsHide: true,
      stdio: ['pipe', 'pipe', log],
    });
    lowerPriority(child.pid);
    return child;
  } finally {
    closeSync(log);
  }
}

/** What a background program gets of its starter's environment: who and where the person is, nothing of a script or a session. */
export function plainEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept =
    /^(HOME|USER|LOGNAME|SHELL|PATH|LANG|LC_[A-Z]+|TZ|TMPDIR|XDG_RUNTIME_DIR|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|TEMP|TMP)$/i;
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value !== undefined && kept.test(name) ? [[name, value]] : [])),
  );
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, 10);
  } catch {
    // It has ended already, or the system has no priorities: it runs at the common one.
  }
}
