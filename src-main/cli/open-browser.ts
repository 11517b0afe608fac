// The system's browser, where there is one and a screen to show it on.
import { run } from '../lib/exec.ts';
import { findProgram } from '../lib/find-program.ts';

/** False when there is no browser to be had; the address is printed either way. */
export async function openBrowser(url: string): Promise<boolean> {
  const [name, ...args] = openerOf(process.platform, process.env);
  if (name === undefined) return false;
  const file = findProgram(name, process.env['PATH'] ?? '');
  if (file === null) return false;
  const outcome = await run({ file, args: [...args, url], cwd: process.cwd(), env: ownEnvironment(), timeoutMs: 5000 });
  return outcome.kind === 'exited' && outcome.code === 0;
}

function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : [];
}

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
