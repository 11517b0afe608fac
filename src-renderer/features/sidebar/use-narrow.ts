import { useSyncExternalStore } from 'react';

const query = '(max-width: 899.98px)';

/** Below 900 px the sidebar is a rail whatever was chosen. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
