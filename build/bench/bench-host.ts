// A host on a home and a repository of its own, for benchmarks, and nothing left of it afterwards.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '#main/host/host.ts';
import { openHost } from '#main/host/open-host.ts';
import { usualPlace } from '#shared/domain/spawn.ts';
import { uuidV7 } from '#shared/lib/uuid-v7.ts';
import { endHost } from './host-process.ts';

export interface BenchHost {
  readonly host: Host;
  readonly folder: string;
  readonly repository: string;
  readonly env: Readonly<Record<string, string>>;
}

/** @param live as an app or server has it; else as one call of the command */
export async function withHost<T>(
  { live, files = 1 }: { readonly live: boolean; readonly files?: number },
  measure: (at: BenchHost) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'athene-bench-')));
  const env = {
    ATHENE_HOME: join(folder, 'home'),
    HOME: folder,
    USER: process.env['USER'] ?? 'someone',
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  };
  const repository = makeRepository(join(folder, 'repository'), files, env);
  const opened = await openHost({ env, live });
  if (!opened.ok) throw new Error(opened.problem.what);
  const host = opened.value;
  try {
    await call(host, 'project.add', { path: repository, id: 'bench' });
    return await measure({ host, folder, repository, env });
  } finally {
    for (const { id } of host.listSessions()) await call(host, 'session.kill', { id });
    await host.close();
    await endHost(host.sessions.paths.home);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Id of a new session that runs it. */
export async function spawnCommand({ host }: Pick<BenchHost, 'host'>, command: string): Promise<string> {
  const { session } = (await call(host, 'session.spawn', {
    ...{ request: uuidV7(Date.now(), randomBytes(10)), project: 'bench', agent: 'custom', command, permissions: 'ask' },
    ...{ prompt: null, issue: null, name: null, branch: null, base: null, model: null, ...usualPlace },
  })) as { session: string };
  return session;
}

type CallName = keyof Host['handlers']['calls'];
type Handler = (
  input: unknown,
  call: { context: { kind: 'command' }; signal: AbortSignal },
) => ReturnType<Host['handlers']['calls'][CallName]>;

export async function call(host: Host, name: CallName, input: object): Promise<unknown> {
  const handler = host.handlers.calls[name] as Handler;
  const answer = await handler(input, { context: { kind: 'command' }, signal: new AbortController().signal });
  if (!answer.ok) throw new Error(`${name}: ${answer.problem.what} ${answer.problem.details ?? ''}`);
  return answer.value;
}

function makeRepository(path: string, files: number, env: Readonly<Record<string, string>>): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: path, env, encoding: 'utf8' });
  for (let index = 0; index < files; index += 1) {
    const folder = join(path, `part-${index % 25}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${index}.txt`), `line of file ${index}\n`.repeat(100));
  }
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', 'commit', '-q', '-m', 'files');
  return path;
}
