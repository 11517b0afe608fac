// Runs the tools of node_modules with output passed through.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './prepare.mjs';

/** Environment of everything that is started here: our tools first, nothing of an Athene session that we may run in. */
export function cleanEnvironment(added: Record<string, string> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(ATHENE_|npm_|AO_)/i.test(name));
  const path = join(root, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '');
  return { ...Object.fromEntries(own), PATH: path, ...added };
}

/** Exit code of a command, 1 when it could not be started or was ended by a signal. */
export async function run(
  command: string,
  args: readonly string[],
  { env = {}, cwd = root }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(command, args, {
    cwd,
    stdio: 'inherit',
    env: cleanEnvironment(env),
    shell: process.platform === 'win32',
  });
  child.on('error', (error) => {
    console.error(`${command}: ${error.message}`);
    resolve(1);
  });
  child.on('exit', (code) => resolve(code ?? 1));
  return await promise;
}
