// A recovery that somebody asks for: one at a time in a home, and none on a database that could not be read.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf, InputOf, OutputOf } from '#shared/rpc/define-contract.ts';
import { lockTrouble, waitForKernelLock } from '../lib/kernel-lock.ts';
import type { RecoveryDependencies } from './facts.ts';
import { recover } from './recover.ts';

type Asked = InputOf<AtheneContract, 'system.recover'>;
type Report = OutputOf<AtheneContract, 'system.recover'>;
type RecoverProblem = Problem<CodeOf<AtheneContract, 'system.recover'>>;

/** Milliseconds that another may take: ending agents that do not listen takes seconds each. */
const patience = 60_000;

/** @param trouble why the database is not in full use: what it does not list may well be there */
export async function recoverOnce(
  dependencies: RecoveryDependencies,
  { dryRun, project, endMany }: Asked,
  trouble: Problem | null,
): Promise<Result<Report, RecoverProblem>> {
  const { sessions } = dependencies;
  if (trouble !== null) return fail(refused(trouble));
  const known = project === null ? ok(null) : sessions.projects.find(project);
  if (!known.ok) return known;
  const wish = { project, endMany, dryRun, asked: true, seenBefore: new Set<string>() };
  if (dryRun) return ok((await recover(dependencies, wish)).report);
  const file = sessions.paths.lockFor('recovery');
  const unusable = lockTrouble(file);
  if (unusable !== null) return fail({ code: 'recovery-refused', ...unusable });
  const lock = await waitForKernelLock(file, { timeout: patience });
  if (lock === null) return fail(elsewhere);
  try {
    return ok((await recover(dependencies, wish)).report);
  } finally {
    lock.release();
  }
}

const refused = ({ what, todo }: Problem): RecoverProblem => ({
  code: 'recovery-refused',
  what: `Nothing can be judged: ${what}`,
  kept: 'Nothing was ended or changed.',
  ...(todo === undefined ? {} : { todo }),
});

const elsewhere: RecoverProblem = {
  code: 'recovery-elsewhere',
  what: 'Another recovery of this home is under way and does not come to an end.',
  kept: 'Nothing was changed by this one.',
  todo: 'Try again in a moment.',
};
