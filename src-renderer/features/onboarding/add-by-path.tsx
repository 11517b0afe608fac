import { FolderOpen, Play } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { inputLook } from '../../components/field.tsx';
import { useApp } from '../app-context.tsx';
import { TrustQuestion } from './trust-question.tsx';
import { useFolderDrop } from './use-folder-drop.ts';

export function AddByPath() {
  const app = useApp();
  const [path, setPath] = useState('');
  const [trusts, setTrusts] = useState(false);
  const [busy, setBusy] = useState<'add' | 'sandbox' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (path.trim() === '') return;
    setBusy('add');
    const added = await app.connection.call('project.add', {
      path: path.trim(),
      id: null,
      trustWorktrees: trusts,
    });
    setBusy(null);
    setProblem(added.ok ? null : added.problem);
    if (!added.ok) return;
    setPath('');
    setTrusts(false);
    app.view.toast(`Added ${added.value.name}`);
    app.view.update((view) => ({ ...view, dialog: { project: added.value.id } }));
  };
  const choose = async (): Promise<void> => {
    const chosen = (await app.desktop?.chooseFolder()) ?? null;
    if (chosen !== null) setPath(chosen);
  };
  const sandbox = async (): Promise<void> => {
    setBusy('sandbox');
    const added = await app.connection.call('project.addSandbox', {});
    setBusy(null);
    setProblem(added.ok ? null : added.problem);
    if (!added.ok) return;
    app.view.update((view) => ({ ...view, dialog: { project: added.value.id, agent: 'demo', prompt: firstTask } }));
  };
  const drop = useFolderDrop(setPath);
  return (
    <form onSubmit={(event) => void add(event)} {...drop.listeners} className="flex flex-col gap-2">
      <div
        className={`flex items-center gap-3 rounded-card border border-dashed px-4 py-3.5 ${drop.over ? 'border-accent bg-raised' : 'border-control'}`}
      >
        <FolderOpen size={18} strokeWidth={1.4} className="shrink-0 text-soft" aria-hidden="true" />
        <div className="min-w-0 flex-1">
          <label htmlFor="project-path" className="block font-medium">
            Path of the repository
          </label>
          <div className="mt-1.5 flex items-center gap-2">
            <input
              id="project-path"
              type="text"
              value={path}
              onChange={(event) => setPath(event.target.value)}
              placeholder="/home/you/code/project"
              autoComplete="off"
              spellCheck={false}
              aria-describedby="project-path-note"
              className={`${inputLook} h-7 font-mono text-[12.5px]`}
            />
            {app.desktop === null ? null : <Button onClick={() => void choose()}>Choose…</Button>}
          </div>
          <p id="project-path-note" className="mt-1.5 text-caption text-faint">
            {app.desktop === null ? '' : 'Or drop its folder here. '}The repository is not changed; agents work in
            worktrees beside it.
          </p>
        </div>
        <Button kind="primary" size={32} type="submit" disabled={busy !== null || path.trim() === ''}>
          {busy === 'add' ? 'Adding…' : 'Add project'}
        </Button>
      </div>
      {path.trim() === '' ? null : <TrustQuestion trusts={trusts} onChange={setTrusts} />}
      {problem === null ? null : <ErrorBlock problem={problem} />}
      <div className="flex items-center gap-3">
        <Button onClick={() => void sandbox()} disabled={busy !== null}>
          <Play size={14} strokeWidth={1.6} /> {busy === 'sandbox' ? 'Making it…' : 'Try the sandbox project'}
        </Button>
        <span className="text-caption text-faint">
          a small repository made here in seconds, with an agent that needs no account
        </span>
      </div>
    </form>
  );
}

const firstTask = 'Read the README, add a short greeting to it, and commit the change.';
