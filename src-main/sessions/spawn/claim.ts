// The one transaction of a spawn: guard, reservation and claim together, so that two spawns of one issue can't both pass.
import { normaliseIssue } from '#shared/domain/issue.ts';
import type { PortBlock } from '#shared/domain/ports.ts';
import { initialLifecycle } from '#shared/domain/lifecycle.ts';
import { displayName, untouchedSession, type SessionRecord } from '#shared/domain/session.ts';
import type { SpawnOrder } from '#shared/domain/spawn.ts';
import type { WorkspaceChoice } from '#shared/domain/workspace.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { insertClaim } from '../../storage/claims.ts';
import { finishStep, startStep } from '../../storage/journal.ts';
import { attachSession } from '../../storage/requests.ts';
import { insertSession } from '../../storage/sessions.ts';
import type { Transaction } from '../../storage/store.ts';
import { leaveLine } from '../../storage/waiting-line.ts';
import { claimRefusal } from '../claim-guard.ts';
import { placeFor, placeRefusal } from '../place-guard.ts';
import { depthBelow } from '../coordinators/spawn-limit.ts';
import { givePorts, portsInUse } from '../ports.ts';
import { reserveIdentity, type Identity } from './reserve-identity.ts';
import { limitOf, need, type Spawn, type SpawnProblem, type SpawnStep } from './spawn-step.ts';

export const claim: SpawnStep = {
  name: 'claim',
  async run(spawn) {
    const issue = issueOf(spawn);
    if (!issue.ok) return issue;
    const inUse = await portsInUse(spawn.dependencies);
    const given = { issue: issue.value, inUse };
    const claimed = await spawn.dependencies.store.write('spawn: claim', (tx) => claimIn(tx, spawn, given));
    if (claimed.ok) spawn.record = claimed.value;
    return claimed.ok ? ok(null) : claimed;
  },
};

function issueOf({ input, project }: Spawn): Result<SessionRecord['issue'], SpawnProblem> {
  if (input.issue === null) return ok(null);
  const id = normaliseIssue(input.issue, need(project, 'project').repo ?? null);
  if (id !== null) return ok({ raw: input.issue, id });
  return fail({
    code: 'issue-refused',
    what: `${JSON.stringify(input.issue)} can't be an issue.`,
    kept: 'Nothing was created.',
    todo: 'Give a number, a key such as ABC-12, or the address of an issue.',
  });
}

const isAlongside = (choice: WorkspaceChoice): boolean => choice.kind === 'in-place' && choice.alongside;

interface Given {
  readonly issue: SessionRecord['issue'];
  readonly inUse: readonly PortBlock[];
}

function claimIn(tx: Transaction, spawn: Spawn, { issue, inUse }: Given): Result<SessionRecord, SpawnProblem> {
  const { dependencies, input } = spawn;
  const project = need(spawn.project, 'project');
  const refusal = issue === null ? null : claimRefusal(tx, project.id, issue.id);
  if (refusal !== null) return fail(refusal);
  const limited = limitOf(tx, spawn);
  if (limited !== null) return fail(limited);
  const identity = reserveIdentity(tx, spawn);
  if (!identity.ok) return identity;
  const place = placeFor(dependencies, project, { session: identity.value.id, choice: choiceFor(input) });
  const occupied = placeRefusal(tx, place, { session: null, alongside: isAlongside(input.workspace) });
  if (occupied !== null) return fail(occupied);
  const ports = givePorts(tx, dependencies.portRange(), inUse);
  const depth = depthBelow(tx, input.by);
  const record = { ...newRecord(spawn, identity.value, issue), place, ports, depth };
  insertSession(tx, record);
  if (issue !== null) {
    insertClaim(tx, { project: project.id, issue: issue.id, session: record.id, owner: dependencies.identity });
  }
  attachSession(tx, input.request, record.id);
  // It counts as a session from now on.
  leaveLine(tx, input.request);
  finishStep(tx, startStep(tx, { session: record.id, step: claim.name }));
  return ok(record);
}

/** Whoever leads over several projects works in no checkout of one. */
const choiceFor = ({ makes, workspace }: SpawnOrder): WorkspaceChoice | { readonly kind: 'scratch' } =>
  makes.kind === 'meta-orchestrator' ? { kind: 'scratch' } : workspace;

function leadsOf({ makes, project }: SpawnOrder): SessionRecord['leads'] {
  if (makes.kind === 'worker') return null;
  return makes.kind === 'orchestrator' ? [project] : makes.leads;
}

function newRecord(
  { dependencies, input, agent, project, owner, issue: loaded }: Spawn,
  { id, prefix, number }: Identity,
  issue: SessionRecord['issue'],
): SessionRecord {
  const { definition } = need(agent, 'agent');
  const { id: projectId } = need(project, 'project');
  const now = dependencies.now();
  return {
    version: 1,
    id,
    project: projectId,
    kind: input.makes.kind,
    prefix,
    number,
    name: displayName(input.name ?? loaded?.facts?.title ?? input.prompt, issue === null ? id : `${id} ${issue.id}`),
    agent: definition.id,
    command: input.command,
    prompt: input.prompt,
    promptDelivery: 'none',
    issue,
    owner,
    permissions: input.permissions,
    model: input.model,
    conversation: definition.assignsConversation ? dependencies.newId() : null,
    workspace: null,
    terminal: null,
    exit: null,
    lifecycle: initialLifecycle(now),
    createdAt: now,
    ...untouchedSession,
    runtime: input.runtime,
    issueFacts: loaded?.facts ?? null,
    issueUrl: loaded?.url ?? null,
    issueNote: loaded?.note ?? null,
    setUp: input.setUp,
    spawnedBy: input.by,
    leads: leadsOf(input),
  };
}
