import { useCallback, useEffect, useState } from 'react';
import type { DoctorCheck } from '#shared/domain/system.ts';
import { useApp, useStore } from '../app-context.tsx';

/** The host's checks of this machine; null until it has told. */
export function useDoctor(): { readonly checks: readonly DoctorCheck[] | null; look(): void } {
  const { connection } = useApp();
  const [checks, setChecks] = useState<readonly DoctorCheck[] | null>(null);
  const look = useCallback(() => {
    void connection.call('system.doctor', {}).then((found) => (found.ok ? setChecks(found.value) : undefined));
  }, [connection]);
  const connected = useStore(connection.state).kind === 'connected';
  useEffect(() => {
    if (connected) look();
  }, [connected, look]);
  return { checks, look };
}
