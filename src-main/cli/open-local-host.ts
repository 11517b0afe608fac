// The command's own host, in its process, on the same home as every other: no app needs to run. Its code is loaded only when a command opens one, so that help and completion come at once.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Action, InputOfAction } from '#shared/contract/rules.ts';
import type { Caller } from '#shared/domain/caller.ts';
import type { CallName, GivenOf, OutputOf } from '#shared/rpc/define-contract.ts';
import type { Host } from '../host/host.ts';
import { CommandFailed, printProblem } from './command-failed.ts';

/** Runs `work` with a host and closes it, whatever happens. */
export async function withHost<T>(work: (host: Host) => Promise<T>): Promise<T> {
  const { openHost } = await import('../host/open-host.ts');
  const opened = await openHost({ env: process.env, live: false });
  if (!opened.ok) throw new CommandFailed(opened.problem);
  if (opened.value.storage !== null) printProblem(opened.value.storage.problem);
  // What a host waits on (the doorbell, a socket) does not keep a process alive by itself; the command's work does.
  const alive = setInterval(() => undefined, 60_000);
  try {
    // What agents have told since is part of what the command works with; that it can't be taken in now stops no command.
    await opened.value
      .ingestSpool()
      .catch((error: unknown) => opened.value.sessions.log('spool.failed', { error: String(error) }));
    return await work(opened.value);
  } finally {
    clearInterval(alive);
    await opened.value.close();
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
