import { useEffect } from 'react';
import { useApp, useStore } from '../app-context.tsx';

/** Calls it once the host is there, and again whenever something of the configuration has changed. @param look the same function each time */
export function useOnConfiguration(look: () => void): void {
  const { connection, settings, projects, system } = useApp();
  const connected = useStore(connection.state).kind === 'connected';
  useEffect(() => {
    if (!connected) return undefined;
    look();
    // Each of them is told anew when a file changes.
    const stops = [settings.subscribe(look), projects.subscribe(look), system.subscribe(look)];
    return () => stops.forEach((stop) => stop());
  }, [connected, look, settings, projects, system]);
}
