// The first screen, and later the place to add a project: what is found, what to add, and a project to try.
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Owl } from '../../components/owl.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { AddByPath } from './add-by-path.tsx';
import { NotificationCheck } from './notification-check.tsx';
import { Tools } from './tools.tsx';

export function AddProject() {
  const app = useApp();
  const projects = useStore(app.projects) ?? [];
  const agents = useStore(app.agents);
  const found = agents?.filter(({ presence }) => presence.kind === 'found').length ?? 0;
  const first = projects[0];
  const permission = useStore(app.notifications.permission);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-10">
      <div className="mx-auto max-w-[680px]">
        <header className="flex items-center gap-5">
          <Owl size={44} />
          <div>
            <h2 className="text-welcome font-semibold">Run many agents, answer only what needs you</h2>
            <p className="text-soft">Three checks, about a minute. No account; everything stays on this machine.</p>
          </div>
        </header>
        <Step
          number={1}
          done={found > 0}
          title="Tools"
          note={agents === null ? 'looking…' : `${found} of ${agents.length} agents found; one is enough`}
        >
          <Tools agents={agents} />
        </Step>
        <Step number={2} done={projects.length > 0} title="Add a project" note="a folder with a git repository">
          <AddByPath />
        </Step>
        <Step
          number={3}
          done={permission === 'allowed'}
          title="Notifications"
          note="so that you hear of a session that waits while you look elsewhere"
        >
          <NotificationCheck />
        </Step>
        <footer className="ms-[34px] mt-7 flex items-center gap-2 border-t border-line pt-4">
          <span className="me-auto text-caption text-faint">
            {first === undefined
              ? 'You can come back to this from the queue.'
              : `${projects.length === 1 ? 'One project' : `${projects.length} projects`} so far.`}
          </span>
          <Button kind="quiet" size={32} onClick={() => app.view.go({ kind: 'home' })}>
            Skip for now
          </Button>
          <Button
            kind={first === undefined ? 'normal' : 'primary'}
            size={32}
            disabled={first === undefined}
            onClick={() =>
              app.view.update((view) => ({ ...view, dialog: first === undefined ? {} : { project: first.id } }))
            }
          >
            Continue to the first session
          </Button>
        </footer>
      </div>
    </div>
  );
}

function Step({
  number,
  done,
  title,
  note,
  children,
}: {
  readonly number: number;
  readonly done: boolean;
  readonly title: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="mt-7" aria-label={title}>
      <header className="mb-2.5 flex items-center gap-3">
        <span
          className="flex size-[22px] items-center justify-center rounded-full text-caption font-semibold"
          style={
            done
              ? {
                  background: 'color-mix(in srgb, var(--state-ready) var(--tint), transparent)',
                  color: 'var(--state-ready)',
                }
              : { background: 'var(--bg-3)' }
          }
        >
          {done ? <Check size={14} aria-label="done" /> : number}
        </span>
        <h3 className="text-strong font-semibold">{title}</h3>
        <span className="text-faint">{note}</span>
      </header>
      <div className="ms-[34px]">{children}</div>
    </section>
  );
}
