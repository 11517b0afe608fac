// `athene session claim-pr`, and what it and `athene spawn --claim-pr` print.
import type { AtheneContract } from '#shared/contract/contract.ts';
import { readVariable } from '#shared/domain/environment.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { OutputOf } from '#shared/rpc/define-contract.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, jsonOption, usageError } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

/** The session defaults to the one in whose terminal the command runs. */
export const claimPullRequest = defineCommand({
  name: 'claim-pr',
  summary: "makes an open pull request the session's own; without ID that of the session in whose terminal this runs",
  words: [{ name: 'PR' }, { name: 'ID', optional: true, takes: 'session' }],
  options: { 'assign-on-github': { says: 'assigns it to you there' }, ...jsonOption },
  async run({ values, words: [reference, named] }) {
    const id = named ?? readVariable(process.env, 'SESSION_NAME') ?? readVariable(process.env, 'SESSION');
    if (!id) throw usageError('Which session is to claim it?');
    const assignOnGithub = values['assign-on-github'] === true;
    const claimed = await withHost((host) => ask(host, 'session.claimPullRequest', { id, reference, assignOnGithub }));
    if (values.json) process.stdout.write(jsonLine(claimed));
    else printClaim(claimed);
    return 0;
  },
});

export function printClaim(claimed: OutputOf<AtheneContract, 'session.claimPullRequest'>): void {
  const { session, pr, branchChanged, takenOverFrom, githubAssigned, githubAssignmentError } = claimed;
  const how = branchChanged ? 'Its worktree is on' : 'Its worktree was already on';
  process.stdout.write(`${session} has PR #${pr.number} now: ${plain(pr.title)}\n${how} ${plain(pr.branch)}.\n`);
  if (takenOverFrom.length > 0) process.stdout.write(`Taken over from ${takenOverFrom.join(', ')}.\n`);
  if (githubAssigned) process.stdout.write('It is assigned to you there.\n');
  if (githubAssignmentError !== undefined) {
    process.stderr.write(`It could not be assigned to you there: ${plain(githubAssignmentError)}\n`);
  }
}

/** What `athene spawn` is to claim once the session runs. */
interface WantedClaim {
  readonly reference: string;
  readonly assignOnGithub: boolean;
}

export function readClaim(values: {
  readonly 'claim-pr'?: string | undefined;
  readonly 'assign-on-github'?: boolean | undefined;
}): WantedClaim | null {
  const [reference, assignOnGithub] = [values['claim-pr'], values['assign-on-github'] === true];
  if (reference !== undefined) return { reference, assignOnGithub };
  if (!assignOnGithub) return null;
  throw usageError('--assign-on-github needs --claim-pr.');
}

/** A failure is handed back: there is a session all the same, which the person must hear of first. */
export async function claimFor(host: Host, id: string, claim: WantedClaim) {
  try {
    return ok(await ask(host, 'session.claimPullRequest', { id, ...claim }));
  } catch (error) {
    if (error instanceof CommandFailed) return fail(error);
    throw error;
  }
}
