import { useState, type DragEvent } from 'react';
import { useApp } from '../app-context.tsx';

interface FolderDrop {
  /** Something that could be dropped is held over the place. */
  readonly over: boolean;
  readonly listeners: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Gives the path of a folder that is dropped. Only the desktop app knows paths; in a browser nothing is taken. */
export function useFolderDrop(take: (path: string) => void): FolderDrop {
  const { desktop, view } = useApp();
  const [over, setOver] = useState(false);
  return {
    over,
    listeners: {
      onDragOver(event) {
        if (desktop === null || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event) {
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (desktop === null || file === undefined) return;
        event.preventDefault();
        const path = desktop.pathForFile(file);
        if (path === '') view.toast('What was dropped is no folder on a disk.');
        else take(path);
      },
    },
  };
}
