import { useEffect, useRef } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { useApp } from '../app-context.tsx';

/** Who looks at a session has read how it stands. Nobody looks at a window that is behind others. */
export function useReading({ id, unread, since, damaged }: SessionView): void {
  const { connection } = useApp();
  const told = useRef(0);
  useEffect(() => {
    if (!unread || damaged !== null) return undefined;
    const read = (): void => {
      if (!document.hasFocus() || told.current === since) return;
      told.current = since;
      void connection.call('session.read', { id, on: true });
    };
    read();
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, [connection, id, unread, since, damaged]);
}
