// Asks before all agents are held up: who they are, and which of them are in the middle of something.
import { isRunning } from '#shared/domain/attention.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { HoldButton } from '../../components/hold-button.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import type { App } from '../../state/app.ts';
import { stateWords } from '../../text.ts';
import { useApp, useStore } from '../app-context.tsx';

export const mayPause = (session: SessionView): boolean =>
  isRunning(session) && session.state !== 'paused' && session.state !== 'starting';

export function PauseAll() {
  const app = useApp();
  const { pausing } = useStore(app.view);
  const sessions = useStore(app.sessions);
  if (!pausing) return null;
  const those = (sessions ?? []).filter(mayPause);
  const busy = those.filter(({ state }) => state === 'working').length;
  const close = (): void => app.view.update((now) => ({ ...now, pausing: false }));
  return (
    <Dialog title={those.length === 1 ? 'Pause 1 agent?' : `Pause ${those.length} agents?`} width={520} onClose={close}>
      <div className="flex flex-col gap-3 px-5 py-4">
        <p className="text-soft">
          All their processes stand still where they are until you continue them; nothing is lost.
          {busy === 0 ? '' : ` ${busy === 1 ? 'One is' : `${busy} are`} in the middle of a turn.`}
        </p>
        <ul className="max-h-64 overflow-y-auto rounded-control border border-line py-1">
          {those.map((session) => (
            <li key={session.id} className="flex h-7 items-center gap-2 px-2.5">
              <StateIcon state={session.state} />
              <span className="min-w-0 flex-1 truncate">{session.name}</span>
              <span className="text-caption text-faint">{stateWords[session.state]}</span>
            </li>
          ))}
        </ul>
      </div>
      <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">
        <Button kind="quiet" size={32} autoFocus onClick={close}>
          Cancel
        </Button>
        <HoldButton
          disabled={those.length === 0}
          onHeld={() => {
            close();
            void pauseAll(app);
          }}
        >
          Hold to pause all
        </HoldButton>
      </footer>
    </Dialog>
  );
}

async function pauseAll(app: App): Promise<void> {
  const paused = await app.connection.call('session.freezeAll', {});
  if (!paused.ok) return app.view.toast(paused.problem.what);
  const { sessions, failed } = paused.value;
  app.view.toast(said(sessions.length, 'paused', failed), () => void continueAll(app));
}

/** Nothing is lost by it, so nobody is asked. */
export async function continueAll(app: App): Promise<void> {
  const continued = await app.connection.call('session.thawAll', {});
  if (!continued.ok) return app.view.toast(continued.problem.what);
  app.view.toast(said(continued.value.sessions.length, 'continued', continued.value.failed));
}

function said(count: number, done: string, failed: readonly { readonly session: string }[]): string {
  const all = `${done === 'paused' ? 'Paused' : 'Continued'} ${count === 1 ? '1 agent' : `${count} agents`}`;
  return failed.length === 0 ? all : `${all}; not ${done}: ${failed.map(({ session }) => session).join(', ')}`;
}
