// Replies that a person sends again and again in a project, one a line; saved into config.yaml.
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { savedRepliesSchema, type ProjectView } from '#shared/domain/project.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { LinesField } from '../../components/field.tsx';
import { useApp } from '../app-context.tsx';
import { linesIn } from './lines-in.ts';

export function ProjectRepliesRow({ project }: { readonly project: ProjectView }) {
  const { replies, name } = project;
  return (
    <details className="group px-3.5 pb-2">
      <summary className="-ms-0.5 flex list-none items-center gap-2 rounded-control text-caption text-faint">
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 group-open:rotate-90" />
        <span className="shrink-0 font-medium text-soft">Saved replies of {name}</span>
        <span className="truncate">{replies.length === 0 ? 'none' : replies.length}</span>
      </summary>
      <Form key={JSON.stringify(replies)} project={project} />
    </details>
  );
}

function Form({ project: { id, name, replies } }: { readonly project: ProjectView }) {
  const app = useApp();
  const [text, setText] = useState(replies.join('\n'));
  const [problem, setProblem] = useState<Problem | null>(null);
  const lines = linesIn(text);
  const [issue] = savedRepliesSchema.safeParse(lines).error?.issues ?? [];
  const changed = JSON.stringify(lines) !== JSON.stringify(replies);
  const save = async (): Promise<void> => {
    const saved = await app.connection.call('project.saveReplies', { id, replies: lines });
    setProblem(saved.ok ? null : saved.problem);
    if (saved.ok) app.view.toast(`Saved the replies of ${name}`);
  };
  return (
    <form
      className="mt-3 flex flex-col gap-3 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <LinesField
        label="Replies"
        help="One a line. Type / in a reply or a message to choose one."
        error={issue === undefined ? undefined : errorIn(issue)}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <div className="flex gap-1.5">
        <Button kind="primary" type="submit" disabled={!changed || issue !== undefined}>
          Save
        </Button>
        <Button kind="quiet" disabled={!changed} onClick={() => setText(replies.join('\n'))}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

const errorIn = ({ path: [line], message }: { readonly path: readonly PropertyKey[]; readonly message: string }) =>
  typeof line === 'number' ? `Line ${line + 1}: ${message}` : message;
