import { useCallback, useEffect, useState } from 'react';
import type { DoctorCheck } from '#shared/domain/system.ts';
import { useApp } from '../app-context.tsx';

/** The host's checks of this machine; null until it has told. */
export function useDoctor(): { readonly checks: readonly DoctorCheck[] | null; look(): void } {
  const { connection } = useApp();
  const [checks, setChecks] = useState<readonly DoctorCheck[] | null>(null);
  const look = useCallback(() => {
    void connection.call('system.doctor', {}).then((found) => (found.ok ? setChecks(found.value) : undefined));
  }, [connection]);
  useEffect(look, [look]);
  return { checks, look };
}
