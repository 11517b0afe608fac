import type { SpawnView } from '#shared/domain/spawn.ts';
import { uuidv7 } from '../../lib/uuid.ts';
import { useApp } from '../app-context.tsx';

export interface SpawnActions {
  retry(): void;
  /** Where new spawns were paused: takes the pause back, then retries. */
  resume(): void;
  edit(): void;
  dismiss(): void;
  cancel(): void;
}

/** What can be done with a spawn that runs or failed. A retry is a new request; the failed one goes when it is on its way. */
export function useSpawnActions(spawn: SpawnView): SpawnActions {
  const app = useApp();
  const forget = (): void => void app.connection.call('session.dismissSpawn', { request: spawn.request });
  const retry = (): void => {
    forget();
    void app.spawn({ ...spawn.input, request: uuidv7() });
  };
  return {
    retry,
    resume: () => void app.changeSettings({ spawnsPaused: false }).then(retry),
    edit() {
      const { project, agent, prompt, issue, name, command, branch, base, workspace, setUp } = spawn.input;
      const dialog = {
        project,
        agent,
        prompt: prompt ?? '',
        issue,
        name,
        command,
        branch,
        base,
        workspace,
        setUp,
        replaces: spawn.request,
      };
      app.view.update((view) => ({ ...view, dialog }));
    },
    dismiss() {
      void app.connection.call('session.dismissSpawn', { request: spawn.request }).then((dismissed) => {
        if (!dismissed.ok) return app.view.toast(dismissed.problem.what);
        const { place } = app.view.get();
        if (place.kind === 'spawn' && place.request === spawn.request) app.view.go({ kind: 'home' });
      });
    },
    cancel() {
      void app.connection.call('session.cancelSpawn', { request: spawn.request }).then((cancelled) => {
        if (!cancelled.ok) app.view.toast(cancelled.problem.what);
      });
    },
  };
}
