import { useEffect, type RefObject } from 'react';
import { quotedPath } from '../../terminal/dropped-paths.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useApp } from '../app-context.tsx';

/** Types the paths of files that are dropped on the terminal. Only the desktop app knows paths. */
export function useDroppedFiles(container: RefObject<HTMLElement | null>, terminal: TerminalView | null): void {
  const { desktop, view } = useApp();
  useEffect(() => {
    const place = container.current;
    if (desktop === null || terminal === null || place === null) return undefined;
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      const style = desktop.platform === 'windows' ? 'windows' : 'posix';
      const words = files.map((file) => quotedPath(desktop.pathForFile(file), style)).filter((word) => word !== null);
      if (words.length < files.length) view.toast('Not typed: a name that no quotes make safe, or no file on a disk.');
      if (words.length > 0) terminal.paste(`${words.join(' ')} `);
      terminal.focus();
    };
    // Before xterm.js sees them, which would type what else the drag holds.
    place.addEventListener('dragover', over, { capture: true });
    place.addEventListener('drop', drop, { capture: true });
    return () => {
      place.removeEventListener('dragover', over, { capture: true });
      place.removeEventListener('drop', drop, { capture: true });
    };
  }, [desktop, view, container, terminal]);
}
