// The comparisons, from facts to findings. Pure.
import { isOver, isSpawnTerminal } from '#shared/domain/lifecycle.ts';
import { overlap, portsText } from '#shared/domain/ports.ts';
import { metaProject } from '#shared/domain/coordinator.ts';
import { isOwnWorkspace } from '#shared/domain/workspace.ts';
import type { RecoveryAct } from '#shared/domain/recovery.ts';
import { extensionFaults } from './extension-checks.ts';
import { sessionOfPlace, type Facts } from './facts.ts';
import { doubt, found, kept, type Found } from './found.ts';
import { lineFaults } from './line-checks.ts';
import { rowFaults } from './row-checks.ts';

/** @param isGone is the process of this owner provably gone? */
export function findFaults(facts: Facts, isGone: (owner: unknown) => boolean): readonly Found[] {
  // Nothing was begun for those that wait in line: that is no spawn to be taken back.
  const waiting = new Set(facts.line.flatMap(({ request, admitted }) => (admitted ? [] : [request])));
  const abandoned = facts.running.filter(({ id, owner }) => !waiting.has(id) && isGone(owner));
  // What somebody is just making is not judged.
  const inWork = new Set(facts.running.filter((request) => !abandoned.includes(request)).map(({ session }) => session));
  const all = [
    ...facts.damaged.map(({ id, why }) =>
      kept('session-damaged', id, id, `Its record can't be read: ${why}`, 'Update Athene if a newer one wrote it.'),
    ),
    ...abandoned.map(({ id, session }) =>
      found('spawn-abandoned', session ?? id, session, 'The process that was making it is gone.', 'Takes it back.'),
    ),
    ...claimFaults(facts),
    ...recoveryFaults(facts),
    ...strayFaults(facts),
    ...withoutUnsettled(facts, [...terminalFaults(facts), ...worktreeFaults(facts)]),
    ...portFaults(facts),
    ...directoryFaults(facts),
    ...tokenFaults(facts),
    ...spoolFaults(facts),
    ...trustFaults(facts),
    ...extensionFaults(facts),
    ...lineFaults(facts, isGone),
    ...facts.runFiles.map((name) =>
      found('run-file-left', name, null, 'A passing file of a process that died in the middle.', 'Deletes it.'),
    ),
    ...rowFaults(facts),
    ...facts.deliveries
      .filter(({ state, owner }) => state === 'delivering' && isGone(owner))
      .map(({ id, session }) =>
        found(
          'delivery-stuck',
          id,
          session,
          'Its deliverer is gone in the middle of it.',
          'Marks it as not confirmed.',
        ),
      ),
    ...facts.repositories.flatMap(({ project, brokenRescues }) =>
      (brokenRescues ?? []).map((ref) =>
        kept('rescue-unreadable', ref, null, `The snapshot in ${project} can't be read.`, 'Look at it with git fsck.'),
      ),
    ),
    ...facts.repositories.flatMap(({ project, branches, worktrees, brokenRescues }) =>
      branches !== null && worktrees !== null && brokenRescues !== null
        ? []
        : [doubt('not-looked-at', project, null, 'git could not be asked about this project.', 'Check its path.')],
    ),
  ];
  return all.filter(({ kind, session }) => kind === 'spawn-abandoned' || session === null || !inWork.has(session));
}

function claimFaults({ sessions, claims }: Facts): readonly Found[] {
  const byId = new Map(sessions.map((record) => [record.id, record]));
  const ended = claims.filter(({ session }) => {
    const record = byId.get(session);
    return record !== undefined && isSpawnTerminal(record.lifecycle);
  });
  const claimed = new Set(claims.map(({ session }) => session));
  const without = sessions.filter(
    ({ id, issue, lifecycle }) => issue !== null && !isSpawnTerminal(lifecycle) && !claimed.has(id),
  );
  return [
    ...ended.map(({ session, issue }) =>
      found('claim-of-ended', issue, session, `It holds issue ${issue} although it has ended.`, 'Frees the issue.'),
    ),
    ...without.map(({ id, issue }) =>
      found(
        'session-without-claim',
        id,
        id,
        `It works on ${issue?.id} without holding it.`,
        'Claims it, if it is free.',
      ),
    ),
  ];
}

function terminalFaults({ sessions, damaged, terminals, probes }: Facts): readonly Found[] {
  const known = new Set([...sessions, ...damaged].map(({ id }) => id));
  const live = new Map(
    sessions.filter(({ lifecycle }) => !isSpawnTerminal(lifecycle)).map((record) => [record.terminal, record]),
  );
  const faults: Found[] = [];
  for (const { id, session, state } of terminals) {
    const probe = probes.get(id);
    if (!known.has(session)) {
      faults.push(
        probe !== undefined && probe.kind !== 'ended'
          ? doubt('terminal-without-session', id, null, `${session} is gone, its terminal may live.`, 'Look at it.')
          : found('terminal-without-session', id, null, `Its session ${session} is gone.`, 'Forgets its row.'),
      );
    } else if (probe?.kind === 'unknown') {
      faults.push(doubt('terminal-lost', id, session, `Nobody can tell whether it lives: ${probe.why}`, 'Try again.'));
    } else if (probe?.kind === 'ended' && state === 'alive' && live.get(id)?.lifecycle.session.state !== 'detecting') {
      faults.push(found('terminal-lost', id, session, 'It is on record as alive and has ended.', 'Writes that down.'));
    }
  }
  return faults;
}

/** What a recovery would do of sessions is a fault of the home as well: the two must not contradict each other. */
function recoveryFaults({ recovery }: Facts): readonly Found[] {
  return recovery.flatMap((step) => {
    if (step.kind !== 'session') return [];
    const { subject, session, what, evidence, state, todo } = step.item;
    const words = ['session-unsettled', subject, session, `${what} (${evidence})`] as const;
    if (step.classification.class === "can't-tell") return [doubt(...words, todo)];
    return [state === 'planned' ? found(...words, repairWords[step.act]) : kept(...words, todo)];
  });
}

const repairWords: Readonly<Record<RecoveryAct, string>> = {
  none: '',
  believe: 'Writes down that it runs.',
  end: 'Writes down that it has ended; it can be restored.',
  reap: 'Ends its processes, and writes that down; it can be restored.',
  stop: 'Ends its processes, as somebody had asked.',
  escalate: 'Shows it as stuck, so that somebody looks at it.',
};

/** One finding for one cause: the session's own says more. */
function withoutUnsettled({ recovery }: Facts, faults: readonly Found[]): readonly Found[] {
  const unsettled = new Set(recovery.flatMap(({ kind, item }) => (kind === 'session' ? [item.session] : [])));
  return faults.filter(
    ({ kind, session }) => !((kind === 'terminal-lost' || kind === 'worktree-missing') && unsettled.has(session)),
  );
}

function strayFaults({ recovery, processes }: Facts): readonly Found[] {
  const unseen =
    processes === null
      ? [
          doubt(
            'not-looked-at',
            'processes',
            null,
            'Processes can not be looked at on this system.',
            'End them by hand.',
          ),
        ]
      : [];
  const strays = recovery.flatMap((step) =>
    step.kind === 'orphan' ? step.orphan.pids.map((pid) => ({ pid, ours: step.ours, what: step.item.what })) : [],
  );
  return [
    ...unseen,
    ...strays.map(({ pid, ours, what }) =>
      ours
        ? found('process-stray', String(pid), null, what, 'Ends it, once it is older than two minutes.')
        : kept('process-stray', String(pid), null, what, 'It has no name that Athene gives: look at it.'),
    ),
  ];
}

function worktreeFaults({ sessions, damaged, worktrees, repositories }: Facts): readonly Found[] {
  const known = new Set([...sessions, ...damaged].map(({ id }) => id));
  const present = new Set(worktrees);
  const faults: Found[] = [];
  for (const place of worktrees) {
    // What a meta orchestrator keeps in its directory waits for the next one of its name.
    if (known.has(sessionOfPlace(place)) || place.startsWith(`${metaProject}/`)) continue;
    faults.push(kept('worktree-unowned', place, null, 'No session owns it.', 'Look into it, then move or remove it.'));
  }
  for (const { project, worktrees: registered, branches } of repositories) {
    for (const path of registered ?? []) {
      const place = path.split('/').slice(-2).join('/');
      if (present.has(place) || known.has(sessionOfPlace(place))) continue;
      faults.push(
        found(
          'worktree-stale',
          path,
          null,
          `git lists it in ${project}, and it is not there.`,
          'Takes it off the list.',
        ),
      );
    }
    const live = sessions.filter(({ project: own, lifecycle }) => own === project && !isSpawnTerminal(lifecycle));
    for (const { id, workspace } of live) {
      if (workspace === null || !isOwnWorkspace(workspace.kind)) continue;
      const gone = !present.has(workspace.path.split('/').slice(-2).join('/'));
      if (gone)
        faults.push(
          kept(
            'worktree-missing',
            workspace.path,
            id,
            `Its ${workspace.kind} is not there.`,
            `Stop and restore ${id}.`,
          ),
        );
      // The branch of a clone is the clone's own.
      if (workspace.kind === 'clone' || workspace.branch === null) continue;
      if (branches !== null && !branches.has(workspace.branch)) {
        const todo = 'The reflog of its worktree has its commits.';
        faults.push(kept('branch-missing', workspace.branch, id, 'Its branch is not in the repository.', todo));
      }
    }
  }
  return faults;
}

function tokenFaults({ sessions, damaged, tokens }: Facts): readonly Found[] {
  const known = new Set([...sessions, ...damaged].map(({ id }) => id));
  const over = new Set(sessions.filter(({ lifecycle }) => isOver(lifecycle)).map(({ id }) => id));
  const stale = tokens.filter((session) => over.has(session) || !known.has(session));
  const todo = 'Forgets it. It proves nothing as it is.';
  return stale.map((session) =>
    found('token-stale', session, session, 'A token of a session that is over or gone.', todo),
  );
}

/** Of two that live: the servers of one would meet those of the other. */
function portFaults({ sessions }: Facts): readonly Found[] {
  const live = sessions.flatMap(({ id, ports, lifecycle }) =>
    ports === null || isSpawnTerminal(lifecycle) ? [] : [{ id, ports }],
  );
  const sorted = live.toSorted((a, b) => a.ports.base - b.ports.base);
  return sorted.flatMap(({ id, ports }, index) => {
    const before = sorted[index - 1];
    if (before === undefined || !overlap(before.ports, ports)) return [];
    const what = `Its ports ${portsText(ports)} are those of ${before.id} as well.`;
    return [kept('ports-twice', id, id, what, `Stop and restore one of them: ${id} or ${before.id}.`)];
  });
}

function directoryFaults({
  sessions,
  damaged,
  terminals,
  sessionDirectories,
  transcripts,
  keptTranscripts,
}: Facts): readonly Found[] {
  const known = new Set([...sessions, ...damaged].map(({ id }) => id));
  const rows = new Set(terminals.map(({ id }) => id));
  const todo = 'Moves it to lost+found in the home.';
  return [
    ...sessionDirectories
      .filter((name) => !known.has(name))
      .map((name) => found('files-unowned', name, null, 'Files of a session that nobody knows.', todo)),
    ...transcripts
      .filter((name) => !rows.has(name) && !keptTranscripts.has(name))
      .map((name) => found('transcript-unowned', name, null, 'What a terminal printed that nobody knows.', todo)),
  ];
}

function trustFaults({ sessions, damaged, trusts }: Facts): readonly Found[] {
  const known = new Set([...sessions, ...damaged].map(({ id }) => id));
  return trusts
    .filter(({ session }) => !known.has(session))
    .map(({ file, path, agent }) =>
      found(
        'trust-left',
        path,
        null,
        `${file} still says that ${agent} may trust it; it is gone.`,
        'Takes the entry out.',
      ),
    );
}

function spoolFaults({ spool: { unfinished, stuck, rejected } }: Facts): readonly Found[] {
  const todo = 'Moves it to lost+found in the home.';
  return [
    ...unfinished.map((name) =>
      found('spool-unfinished', name, null, 'What a hook or wrapper began to write and never finished.', 'Deletes it.'),
    ),
    ...stuck.map((name) =>
      found('spool-stuck', name, null, 'An event that could not be taken in for ten minutes.', 'Puts it aside.'),
    ),
    ...rejected.map((name) => found('spool-rejected', name, null, 'A file in the spool that was no event.', todo)),
  ];
}
