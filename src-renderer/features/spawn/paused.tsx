import { Pause } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';

/**
 * While new spawns are paused: says so, and takes the pause back.
 * @param refused the last try was refused for it
 */
export function Paused({
  refused,
  resumeAndStart,
}: {
  readonly refused: boolean;
  readonly resumeAndStart: () => void;
}) {
  const app = useApp();
  const { spawnsPaused } = useStore(app.settings);
  if (!spawnsPaused)
    return refused ? (
      <p role="status" className="text-soft">
        New spawns were paused; they are no longer. Start it again.
      </p>
    ) : null;
  const resume = (): Promise<void> => app.changeSettings({ spawnsPaused: false });
  return (
    <div
      role="status"
      className="flex min-h-10 items-center gap-2.5 rounded-card border border-line bg-raised py-1.5 ps-3 pe-2"
    >
      <Pause size={15} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-ask" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">New spawns are paused.</span>{' '}
        <span className="text-soft">What you write is kept.</span>
      </p>
      <Button size={24} kind="quiet" onClick={() => void resume()}>
        Resume
      </Button>
      <Button size={24} onClick={() => void resume().then(resumeAndStart)}>
        Resume & start
      </Button>
    </div>
  );
}
