import { TriangleAlert } from 'lucide-react';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { ProjectMark } from '../../components/project-mark.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { sidebarRows } from '../../state/sidebar-rows.ts';
import { stateWords } from '../../text.ts';
import { useApp, useStore } from '../app-context.tsx';

/** One icon a project with its worst state and how many need somebody; opens the first session that does. */
export function Rail() {
  const app = useApp();
  const projects = useStore(app.projects);
  const sessions = useStore(app.sessions);
  const spawns = useStore(app.spawns);
  const all = sidebarRows({
    projects: projects ?? [],
    sessions: sessions ?? [],
    spawns: spawns ?? [],
    closed: new Set(),
  });
  const heads = all.flatMap((row) => (row.kind === 'project' ? [row] : []));
  const metas = all.flatMap((row) => (row.kind === 'coordinator' && row.progress !== null ? [row] : []));
  const open = (project: string, worst: string | null): void => {
    const own = (sessions ?? []).filter((session) => session.project === project && !session.archived);
    const target = own.find(({ state }) => state === worst) ?? own[0];
    if (target !== undefined) app.view.go({ kind: 'session', id: target.id });
  };
  return (
    <ul aria-label="Projects" className="flex min-h-0 flex-1 flex-col items-center gap-1 overflow-y-auto py-2">
      {metas.map(({ key, session }) => (
        <li key={key}>
          <button
            type="button"
            title={`${session.name}: ${stateWords[session.state]}`}
            aria-label={`Meta orchestrator ${session.name}, ${stateWords[session.state].toLowerCase()}`}
            onClick={() => app.view.go({ kind: 'session', id: session.id })}
            className="flex h-11 w-11 flex-col items-center justify-center gap-0.5 rounded-control hover:bg-raised"
          >
            <CoordinatorIcon kind="meta-orchestrator" state={session.state} />
            <span className="max-w-full truncate text-micro text-faint">{session.name.slice(0, 5)}</span>
          </button>
        </li>
      ))}
      {heads.map(({ id, name, colour, problem, worst, counts, sessions: count }) => {
        const calling = counts.waiting + counts.broken;
        return (
          <li key={id}>
            <button
              type="button"
              title={`${name}: ${problem ?? (worst === null ? 'no sessions' : stateWords[worst])}`}
              aria-label={`Project ${name}, ${count} sessions${worst === null ? '' : `, ${stateWords[worst].toLowerCase()}`}${problem === null ? '' : `, ${problem}`}`}
              onClick={() => open(id, worst)}
              className="relative flex h-11 w-11 flex-col items-center justify-center gap-0.5 rounded-control hover:bg-raised"
            >
              {worst !== null ? (
                <StateIcon state={worst} />
              ) : problem !== null ? (
                <TriangleAlert size={16} className="text-ask" aria-hidden="true" />
              ) : (
                <span className="size-4 rounded-control border border-line" />
              )}
              <span className="flex max-w-full items-center gap-1 truncate text-micro text-faint">
                {colour === null ? null : <ProjectMark colour={colour} size={6} />}
                {name.slice(0, 5)}
              </span>
              {calling > 0 ? (
                <span className="tabular absolute end-0 top-0 rounded-full bg-raised px-1 text-micro font-medium text-ink">
                  {calling}
                </span>
              ) : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
