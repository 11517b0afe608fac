// What is known of those that wait until fewer agents run: who of them may start now, at which place they are, and who takes care of them.
import { z } from 'zod';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { isOver } from '#shared/domain/lifecycle.ts';
import { placeOf, startable, type AgentLimits, type InLine } from '#shared/domain/waiting-line.ts';
import { isStopped, probeProcess } from '../../lib/process-identity.ts';
import { listSessions } from '../../storage/sessions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import { readLine, type LineRow } from '../../storage/waiting-line.ts';
import type { SessionDependencies } from '../dependencies.ts';

export const mayStart = (dependencies: SessionDependencies, tx: ReadTransaction, unattended: ReadonlySet<string>) =>
  startable({
    line: readLine(tx).map((row) => inLine(row, unattended)),
    running: listSessions(tx)
      // Whoever leads is not counted among those that it leads.
      .sessions.filter(({ record }) => !isOver(record.lifecycle) && !isCoordinator(record.kind))
      .map(({ record }) => record.project),
    limits: limitsOf(dependencies),
    paused: dependencies.spawnsPaused(),
  });

export const limitsOf = ({ maximalAgents, projects }: SessionDependencies): AgentLimits => ({
  all: maximalAgents(),
  ofProject(id) {
    const project = projects.find(id);
    return project.ok ? (project.value.maximalAgents ?? null) : null;
  },
});

const inLine = ({ request, project, admitted }: LineRow, unattended: ReadonlySet<string>): InLine => ({
  ...{ request, project, admitted },
  unattended: unattended.has(request),
});

const identitySchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** Its process is provably gone, or it is this one, which has left it. */
export function isPlaceAbandoned({ request, process }: LineRow, { identity, atWork }: SessionDependencies): boolean {
  const { data } = identitySchema.safeParse(process);
  if (data === undefined || atWork.has(request)) return false;
  const ours = data.pid === identity.pid && data.startTime === identity.startTime && data.bootId === identity.bootId;
  return ours || probeProcess(data) === 'gone';
}

/** Those for which nobody waits meanwhile: whoever waits there is gone, or was stopped and comes for it when it goes on. */
export const unattendedIn = (dependencies: SessionDependencies): ReadonlySet<string> =>
  new Set(
    dependencies.store
      .read(readLine)
      .filter((row) => isPlaceAbandoned(row, dependencies) || isHeldUp(row))
      .map(({ request }) => request),
  );

function isHeldUp({ process }: LineRow): boolean {
  const { data } = identitySchema.safeParse(process);
  return data !== undefined && isStopped(data);
}

export const isInLine = ({ store }: SessionDependencies, request: string): boolean =>
  store.read(readLine).some((row) => row.request === request);

export const placeIn = ({ store }: SessionDependencies, request: string): number | null =>
  placeOf(
    store.read(readLine).map((row) => inLine(row, new Set())),
    request,
  );
