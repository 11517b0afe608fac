import { useSyncExternalStore } from 'react';
import type { ThemeName } from '../terminal/palette.ts';
import { useApp, useStore } from './app-context.tsx';

const lightQuery = '(prefers-color-scheme: light)';

/** The theme in force: the one that was chosen, else the system's. */
export function useTheme(): ThemeName {
  const { theme } = useStore(useApp().settings);
  const systemLight = useSyncExternalStore(
    (changed) => {
      const list = matchMedia(lightQuery);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(lightQuery).matches,
  );
  if (theme !== 'system') return theme;
  return systemLight ? 'light' : 'dark';
}
