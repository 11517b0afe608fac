// What is in a worktree that is about to be removed: what is put aside, and what goes for good.
import { useEffect, useState } from 'react';
import type { FilesSummary, RemovalPreview } from '#shared/domain/removal.ts';
import { useApp } from '../app-context.tsx';

/** Null until the host has looked, or when it could not. */
export function useRemovalPreview(id: string, asking: boolean): RemovalPreview | null {
  const { connection } = useApp();
  const [preview, setPreview] = useState<RemovalPreview | null>(null);
  useEffect(() => {
    if (!asking) return;
    let current = true;
    void connection.call('session.removalPreview', { id }).then((told) => {
      if (current) setPreview(told.ok ? told.value : null);
    });
    return () => {
      current = false;
      setPreview(null);
    };
  }, [connection, id, asking]);
  return preview;
}

export function RemovalList({ preview }: { readonly preview: RemovalPreview }) {
  return (
    <>
      <Files title="Put aside as a snapshot" files={preview.putAside} />
      <Files title="Goes, since tools make it again" files={preview.goes} />
      <Files title="Too large to be put aside, goes for good" files={preview.large} />
    </>
  );
}

function Files({ title, files }: { readonly title: string; readonly files: FilesSummary }) {
  if (files.count === 0) return null;
  const shown = files.some.slice(0, 5);
  return (
    <div className="mt-2">
      <p className="text-caption text-faint">{title}</p>
      <ul className="mt-0.5">
        {shown.map(({ path, size }) => (
          <li key={path} className="flex justify-between gap-3 font-mono text-caption text-soft">
            <span className="break-all">{path}</span>
            {size === null ? null : <span className="shrink-0 tabular-nums text-faint">{sizeText(size)}</span>}
          </li>
        ))}
      </ul>
      {files.count > shown.length ? (
        <p className="text-caption text-faint">and {files.count - shown.length} more</p>
      ) : null}
    </div>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${Math.ceil(bytes / 1024)} KB`
      : `${Math.ceil(bytes / 1024 / 1024)} MB`;
