// Mends one finding, only where nothing can be lost by it. False: it stays as it is.
import { join } from 'node:path';
import type { Finding } from '#shared/domain/care.ts';
import { isOver, isSpawnTerminal, type Lifecycle } from '#shared/domain/lifecycle.ts';
import { ensureDirectory, probePath, removeFile, renameFile } from '../lib/files.ts';
import { carryOut } from '../recovery/carry-out.ts';
import type { RecoveryStep } from '../recovery/plan.ts';
import { deliverPending } from '../sessions/send/deliver.ts';
import { findSession } from '../sessions/session-record.ts';
import { interrupted, recoverSpawns } from '../sessions/spawn/recover-spawns.ts';
import type { FailedSpawn } from '../sessions/spawn/spawn-step.ts';
import { rejectedDirectory, setAside as putAside } from '../spool/set-aside.ts';
import { deleteClaimsOf, findClaim, insertClaim } from '../storage/claims.ts';
import { deleteBelongings } from '../storage/belongings.ts';
import { raiseCounter } from '../storage/counters.ts';
import { failRequest, getRequest } from '../storage/requests.ts';
import { getSession } from '../storage/sessions.ts';
import type { ReadTransaction, Store } from '../storage/store.ts';
import { deleteTerminal } from '../storage/terminals.ts';
import { deleteToken } from '../storage/tokens.ts';
import { leaveLine, takeOverPlace } from '../storage/waiting-line.ts';
import { sessionOfPlace, type CareDependencies, type Facts } from './facts.ts';

export interface Repair {
  readonly care: CareDependencies;
  readonly facts: Facts;
  /** Brings the rows of terminals in line with what the runtime tells. */
  readonly refresh: () => Promise<void>;
}

export async function repair({ care, facts, refresh }: Repair, finding: Finding): Promise<boolean> {
  const { sessions } = care;
  const { store, paths } = sessions;
  switch (finding.kind) {
    case 'spawn-abandoned':
      await recoverSpawns(sessions);
      return true;
    case 'claim-of-ended':
      return store.write('fsck: claim', (tx) => {
        const over = isStillOver(tx, finding.session ?? '', isSpawnTerminal);
        return over && deleteClaimsOf(tx, finding.session ?? '') > 0;
      });
    case 'session-without-claim':
      return claimAgain(care, finding.subject);
    case 'terminal-lost':
      await refresh();
      return true;
    case 'terminal-without-session': {
      const forgotten = await sessions.runtime.forget(finding.subject);
      if (!forgotten.ok && forgotten.problem.code !== 'terminal-unknown') return false;
      return store.write('fsck: terminal', (tx) => deleteTerminal(tx, finding.subject));
    }
    case 'process-stray':
      return recoverFrom(
        care,
        facts.recovery.find((step) => step.kind === 'orphan' && step.orphan.pids.includes(Number(finding.subject))),
      );
    case 'session-unsettled':
      return recoverFrom(
        care,
        facts.recovery.find((step) => step.kind === 'session' && step.item.subject === finding.subject),
      );
    case 'worktree-stale': {
      const project = care.configuration.find(finding.subject.split('/').at(-2) ?? '');
      if (!project.ok || isKnown(store, sessionOfPlace(finding.subject))) return false;
      const spec = {
        kind: 'worktree' as const,
        project: project.value,
        session: sessionOfPlace(finding.subject),
        path: finding.subject,
      };
      return (await sessions.workspaces.remove(spec)).ok;
    }
    case 'token-stale':
      return store.write(
        'fsck: token',
        (tx) => isStillOver(tx, finding.subject, isOver) && deleteToken(tx, finding.subject),
      );
    case 'counter-behind':
      await store.write('fsck: counter', (tx) => raiseCounter(tx, finding.subject));
      return true;
    case 'row-unowned':
      return forgetRows(facts, store, finding.subject);
    case 'transcript-unowned':
      return setAside(paths.home, join(paths.transcripts, finding.subject), `transcript-${finding.subject}`);
    case 'files-unowned':
      if (isKnown(store, finding.subject)) return false;
      return setAside(paths.home, join(paths.sessions, finding.subject), `session-${finding.subject}`);
    case 'delivery-stuck':
      await deliverPending(sessions, finding.session ?? '', AbortSignal.abort());
      return true;
    case 'trust-left':
      return takeTrustBack(sessions, facts, finding.subject);
    case 'extension-left':
      await sessions.hooks.withdrawExtensions(finding.subject);
      return true;
    case 'place-left':
      return takeOutOfLine(care, facts, finding.subject);
    case 'run-file-left':
      return removeFile(join(paths.run, finding.subject));
    case 'spool-unfinished':
      return removeFile(join(paths.spool, finding.subject));
    case 'spool-stuck':
      await putAside(paths, finding.subject);
      return true;
    case 'spool-rejected':
      return setAside(paths.home, join(rejectedDirectory(paths), finding.subject), `spool-${finding.subject}`);
    default:
      return false;
  }
}

/** Made since it was looked for: whoever leads has a name that comes again. */
const isKnown = (store: Store, session: string): boolean => store.read((tx) => getSession(tx, session)) !== null;

/** Neither restored nor made anew since it was looked at. */
function isStillOver(tx: ReadTransaction, id: string, over: (lifecycle: Lifecycle) => boolean): boolean {
  const stored = getSession(tx, id);
  return stored === null || ('record' in stored && over(stored.record.lifecycle));
}

/** Only while the place is as it was seen: nobody waits on for it meanwhile. What was typed stays with the request. */
async function takeOutOfLine({ sessions }: CareDependencies, { line }: Facts, request: string): Promise<boolean> {
  const place = line.find((row) => row.request === request);
  if (place === undefined) return false;
  return sessions.store.write('fsck: line', (tx) => {
    if (!takeOverPlace(tx, place, sessions.identity)) return false;
    leaveLine(tx, request);
    if (getRequest(tx, request)?.state === 'running') failRequest(tx, request, endOfPlace);
    return true;
  });
}

const endOfPlace: FailedSpawn = { problem: interrupted, step: 'choose-agent' };

async function takeTrustBack(
  { hooks }: CareDependencies['sessions'],
  { trusts }: Facts,
  path: string,
): Promise<boolean> {
  for (const { session } of trusts.filter((entry) => entry.path === path)) await hooks.withdrawTrust(session);
  return true;
}

async function claimAgain({ sessions }: CareDependencies, id: string): Promise<boolean> {
  const record = findSession(sessions, id);
  if (!record.ok || record.value.issue === null) return false;
  const { project, issue } = record.value;
  return sessions.store.write('fsck: claim', (tx) => {
    if (findClaim(tx, project, issue.id) !== null) return false;
    insertClaim(tx, { project, issue: issue.id, session: id, owner: sessions.identity });
    return true;
  });
}

async function forgetRows({ belongings }: Facts, store: Store, subject: string): Promise<boolean> {
  const rows = belongings.find(({ of, session }) => `${of} ${session}` === subject);
  if (rows === undefined) return false;
  return store.write('fsck: rows', (tx) => {
    if (getSession(tx, rows.session) !== null) return false;
    deleteBelongings(tx, rows);
    return true;
  });
}

/** As a recovery does it, with its proofs and its grace. */
async function recoverFrom({ sessions }: CareDependencies, step: RecoveryStep | undefined): Promise<boolean> {
  return step !== undefined && (await carryOut(sessions, step)).state === 'done';
}

/** Nothing is deleted: somebody may want to look into it. */
function setAside(home: string, path: string, name: string): boolean {
  const place = join(home, 'lost+found');
  ensureDirectory(place);
  if (probePath(path).kind === 'absent' || probePath(join(place, name)).kind !== 'absent') return false;
  renameFile(path, join(place, name));
  return true;
}
