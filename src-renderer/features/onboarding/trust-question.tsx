import { Switch } from '../../components/switch.tsx';

/** Asked once for a project; from then on it is a switch in the settings. */
export function TrustQuestion({
  trusts,
  onChange,
}: {
  readonly trusts: boolean;
  readonly onChange: (trusts: boolean) => void;
}) {
  return (
    <div className="flex items-center gap-3 rounded-card border border-line bg-surface px-4 py-2">
      <div className="min-w-0 flex-1">
        <p id="trust-label">Agents may trust the worktrees that Athene makes of it</p>
        <p className="text-caption text-faint">
          Then they do not ask in each new one. Trusted files can make an agent run programs: say yes to code that you
          know.
        </p>
      </div>
      <Switch on={trusts} labelledBy="trust-label" onChange={onChange} />
    </div>
  );
}
