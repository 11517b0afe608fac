import type { MergeMethod } from '#shared/domain/pull-request-facts.ts';
import { QuietSelect } from '../../components/quiet-select.tsx';

const words = [
  ['squash', 'Squash'],
  ['merge', 'Merge commit'],
  ['rebase', 'Rebase'],
] as const satisfies readonly (readonly [MergeMethod, string])[];

/** GitLab merges as its project is set: rebasing is no choice there. */
export const MergeMethodField = ({
  address,
  method,
  onChoose,
}: {
  readonly address: string;
  readonly method: MergeMethod;
  readonly onChoose: (method: MergeMethod) => void;
}) => (
  <QuietSelect<MergeMethod>
    label="How it is merged"
    words={address.includes('/-/merge_requests/') ? words.filter(([is]) => is !== 'rebase') : words}
    chosen={method}
    onChoose={onChoose}
    className="h-6"
  />
);
