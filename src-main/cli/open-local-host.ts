// The command's own host, in its process, on the same home as every other: no app needs to run. Its code is loaded only when a command opens one, so that help and completion come at once.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Action, InputOfAction } from '#shared/contract/rules.ts';
import type { Caller } from '#shared/domain/caller.ts';
import type { CallName, GivenOf, OutputOf } from '#shared/rpc/define-contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Host } from '../host/host.ts';
import type { OpenedOutlook } from '../host/open-outlook.ts';
import type { Outlook } from '../host/outlook.ts';
import { CommandFailed, printProblem } from './command-failed.ts';

/** Runs `work` with a host and closes it, whatever happens. */
export async function withHost<T>(work: (host: Host) => Promise<T>): Promise<T> {
  const { openHost } = await import('../host/open-host.ts');
  const host = opened(await openHost({ env: process.env, live: false }));
  return closedAfter({ ...host, log: host.sessions.log }, () => work(host));
}

/** The same for work that only looks: it waits for no code that does more. */
export async function withOutlook<T>(work: (outlook: Outlook) => Promise<T>): Promise<T> {
  const { openOutlook } = await import('../host/open-outlook.ts');
  const outlook = opened(await openOutlook(process.env));
  return outlook === null ? withHost(work) : closedAfter(outlook, () => work(outlook));
}

function opened<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  throw new CommandFailed(result.problem);
}

async function closedAfter<T>(
  source: Pick<OpenedOutlook, 'storage' | 'ingestSpool' | 'log' | 'close'>,
  work: () => Promise<T>,
): Promise<T> {
  if (source.storage !== null) printProblem(source.storage.problem);
  // What a host waits on (the doorbell, a socket) does not keep a process alive by itself; the command's work does.
  const alive = setInterval(() => undefined, 60_000);
  try {
    // What agents have told since is part of what the command works with; that it can't be taken in now stops no command.
    await source.ingestSpool().catch((error: unknown) => source.log('spool.failed', { error: String(error) }));
    return await work();
  } finally {
    clearInterval(alive);
    await source.close();
  }
}

/** One call of the contract; its input is checked like a window's. A Problem becomes a CommandFailed. */
export async function ask<N extends CallName<AtheneContract>>(
  host: Host,
  name: N,
  input: GivenOf<AtheneContract, N>,
): Promise<OutputOf<AtheneContract, N>> {
  const { contract } = await import('#shared/contract/contract.ts');
  const parsed = contract.members[name].input.safeParse(input);
  if (!parsed.success) {
    const what = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
    throw new CommandFailed({ code: 'invalid-input', what, kept: 'Nothing was done.' });
  }
  const handler = host.handlers.calls[name] as (
    input: unknown,
    call: { readonly context: Caller; readonly signal: AbortSignal },
  ) => ReturnType<Host['handlers']['calls'][N]>;
  const around = { context: host.callerOf(process.env), signal: new AbortController().signal };
  const outcome = await handler(parsed.data, around);
  if (!outcome.ok) throw new CommandFailed(outcome.problem);
  return outcome.value;
}

/** For what a command does without a call of the contract; what the caller may not do becomes a CommandFailed. */
export function mustBeAllowed<A extends Action>(host: Host, action: A, input: InputOfAction<A>): void {
  const refusal = host.authorise(host.callerOf(process.env), action, input);
  if (refusal !== null) throw new CommandFailed(refusal);
}
