// What a repository asks for in its own file: it counts once the person has accepted exactly that.
import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView, RepositoryFileView } from '#shared/domain/project.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { useApp } from '../app-context.tsx';

export function ProjectFile({ project }: { readonly project: ProjectView }) {
  const { file } = project;
  return file === null || file.hash === null ? null : <Asking project={project} file={file} hash={file.hash} />;
}

function Asking({
  project,
  file,
  hash,
}: {
  readonly project: ProjectView;
  readonly file: RepositoryFileView;
  readonly hash: string;
}) {
  const app = useApp();
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = file.path.split('/').at(-1) ?? file.path;
  const settle = async (accepted: string | null): Promise<void> => {
    const set = await app.connection.call('project.acceptFile', { id: project.id, hash: accepted });
    setProblem(set.ok ? null : set.problem);
  };
  return (
    <div
      role="group"
      aria-label={`${name} of ${project.name}`}
      className="mx-3.5 mb-2 rounded-control border border-line p-3"
    >
      <p className={`font-medium ${file.accepted ? 'text-soft' : 'text-ask'}`} title={file.path}>
        {file.accepted ? `You accepted what ${name} asks for` : `${name} in this repository asks for`}
      </p>
      <table className="mt-1.5 w-full table-fixed text-caption">
        <tbody>
          {file.changes.map(({ field, from, to }) => (
            <tr key={field} className="align-top">
              <th scope="row" className="w-[38%] pe-3 text-start font-normal break-words text-soft">
                {field}
              </th>
              <td className="font-mono break-words">
                {from === null ? null : <del className="me-2 text-faint">{from}</del>}
                {to}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <div className="mt-2.5 flex items-center gap-2.5">
        {file.accepted ? (
          <Button size={24} onClick={() => void settle(null)}>
            Take back
          </Button>
        ) : (
          <Button size={24} onClick={() => void settle(hash)}>
            Accept
          </Button>
        )}
        <span className="min-w-0 flex-1 text-caption text-faint">
          {file.accepted
            ? 'It counts until the file asks for anything else.'
            : 'Others may have written it. It counts only once you accept it, and for exactly these values.'}
        </span>
      </div>
    </div>
  );
}
