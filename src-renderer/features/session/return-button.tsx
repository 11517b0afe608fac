import { Button } from '../../components/button.tsx';
import { KeyCaps } from '../../components/key-cap.tsx';
import { keys, useSurroundings, useView } from '../app-context.tsx';
import { run } from '../shell/key-router.ts';

/** Shown where the last jump led. */
export function ReturnButton() {
  const surroundings = useSurroundings();
  const { origin, place } = useView();
  if (origin === null || place.kind !== 'session' || place.id !== origin.at) return null;
  return (
    <Button size={24} kind="quiet" onClick={() => run('back-to-origin', surroundings)}>
      Back to where I was <KeyCaps keys={keys('back-to-origin')} />
    </Button>
  );
}
