import { GitMerge, GitPullRequest, GitPullRequestClosed } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { Chip } from '../../components/chip.tsx';
import { stateColour } from '../../components/state-icon.tsx';

const looks = {
  open: { Icon: GitPullRequest, state: 'pr-open' },
  merged: { Icon: GitMerge, state: 'merged' },
  closed: { Icon: GitPullRequestClosed, state: 'stopped' },
} as const;

export function PullRequestChip({ number, state }: NonNullable<SessionView['pullRequest']>) {
  const { Icon, state: colour } = looks[state];
  return (
    <Chip colour={stateColour(colour)} icon={<Icon size={13} strokeWidth={1.8} aria-hidden="true" />}>
      #{number} {state}
    </Chip>
  );
}
