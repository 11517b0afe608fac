// A project that can't be used: what is wrong, where, and what goes on meanwhile.
import type { ProjectView } from '#shared/domain/project.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useApp, useStore } from '../app-context.tsx';

export function DegradedProject({ project }: { readonly project: ProjectView }) {
  const home = useStore(useApp().system)?.home ?? '';
  const problem = project.problem ?? 'It can not be used.';
  const file = fileOf(problem, { home, project: project.path });
  return (
    <div
      role="group"
      aria-label={`What is wrong with ${project.name}`}
      className="mx-3.5 mb-2 rounded-control border border-line p-3"
    >
      <p className="font-medium break-words text-ask">{problem}</p>
      <p className="mt-1 text-caption text-soft">
        No session of it starts until that is mended; those that run go on as it was before. It comes back by itself.
      </p>
      {file === null ? null : (
        <p className="mt-1.5 flex items-center gap-1.5 text-caption text-faint">
          <code className="min-w-0 truncate font-mono" title={file}>
            {file}
          </code>
          <CopyButton text={file} label="Copy the file's path" iconOnly />
        </p>
      )}
    </div>
  );
}

/** Null when the words don't begin with a file. */
function fileOf(problem: string, places: { readonly home: string; readonly project: string }): string | null {
  const name = /^([\w.-]+\.ya?ml), line \d+/.exec(problem)?.[1];
  if (name === undefined) return null;
  return `${name === 'config.yaml' ? places.home : places.project}/${name}`;
}
