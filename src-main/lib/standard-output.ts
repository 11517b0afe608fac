// What a command prints. Node makes a stream of its output when somebody first asks for it, and loads a quarter of a command's own code for that.
import { writeSync } from 'node:fs';

/**
 * Calls back when a stream is made that is asked for, before anybody writes to it. A reader that went away is no reason to make one.
 *
 * @param listen once for each of the two, with its name
 */
export function onStreamMade(listen: (name: 'stdout' | 'stderr', stream: NodeJS.WriteStream) => void): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const make = Object.getOwnPropertyDescriptor(process, name)?.get;
    if (make === undefined) {
      listen(name, process[name]);
      continue;
    }
    let made: NodeJS.WriteStream | null = null;
    const get = (): NodeJS.WriteStream => {
      if (made !== null) return made;
      made = make.call(process) as NodeJS.WriteStream;
      listen(name, made);
      return made;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get });
  }
}

/** Writes all of it, as the last thing that a command prints, without a stream. Whoever went away meanwhile wants no more. */
export function printWhole(text: string): void {
  let left = Buffer.from(text);
  try {
    while (left.length > 0) left = left.subarray(writeSync(1, left));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A pipe that somebody else made not to wait, and that is full: the stream waits for it.
    if (code === 'EAGAIN') process.stdout.write(left);
    else if (code !== 'EPIPE') {
      process.exitCode = 1;
      process.stderr.write(`athene: what it had to say could not be written: ${String(error)}\n`);
    }
  }
}
