import { newPanel, type PanelStand } from '../../state/view.ts';
import { useApp, useView } from '../app-context.tsx';

/** How the panel of this coordinator stands, and the way to change it. */
export function usePanel(id: string) {
  const { view } = useApp();
  const stand = useView().panels.get(id) ?? newPanel;
  return {
    stand,
    change: (next: Partial<PanelStand>): void =>
      view.update((now) => ({
        ...now,
        panels: new Map(now.panels).set(id, { ...(now.panels.get(id) ?? newPanel), ...next }),
      })),
  };
}
