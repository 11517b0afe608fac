// What an agent is told by a reaction: ours where the rule says nothing, and what others wrote only as marked data.
import { assertNever } from '#shared/lib/assert-never.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { SessionReactionKey } from '#shared/domain/reaction.ts';
import { withoutControls } from '../../../sessions/send/keystrokes.ts';
import { ciFailed } from './ci-failed.ts';
import { mergeConflicts } from './merge-conflicts.ts';
import { botComments, changesRequested } from './review-comments.ts';

/** UTF-16 units of the whole; a terminal takes it as one paste. */
const longest = 24_000;

/** Null: what it would be about is not known. @param opening the words of its rule */
export function composeMessage(
  key: SessionReactionKey,
  facts: PullRequestFacts | null,
  opening: string | null,
): string | null {
  const lines = linesOf(key, facts, opening);
  if (lines === null) return null;
  const text = withoutControls(lines.join('\n')).toWellFormed();
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}\n[cut here: it is longer]`;
}

function linesOf(
  key: SessionReactionKey,
  facts: PullRequestFacts | null,
  opening: string | null,
): readonly string[] | null {
  switch (key) {
    case 'ci-failed':
      return facts === null ? null : ciFailed(facts, opening);
    case 'changes-requested':
      return facts === null ? null : changesRequested(facts, opening);
    case 'bugbot-comments':
      return facts === null ? null : botComments(facts, opening);
    case 'merge-conflicts':
      return facts === null ? null : mergeConflicts(facts, opening);
    case 'pr-closed':
      return [
        opening ??
          'Your pull request was closed without being merged. Do not open another by yourself: say in one paragraph what is done and what is not, and wait.',
      ];
    case 'approved-and-green':
      return [
        opening ??
          'Your pull request is approved, and its checks pass. See that its description is right, and leave merging to a person.',
      ];
    case 'agent-idle':
      return [
        opening ??
          'You rest, and your task is not said to be done. Go on with it; or, when it is done, run `athene report completed`; or, when you wait for something, run `athene report waiting --note WHAT`.',
      ];
    case 'agent-stuck':
      return [
        opening ??
          'Nothing has been heard of you for a while. If something keeps you from going on, say what; else go on.',
      ];
    case 'agent-needs-input':
      return [
        opening ??
          'Nobody is there to answer now. Choose what is safest and can be undone, say what you chose, and go on; if there is no such choice, wait.',
      ];
    case 'agent-exited':
      return [opening ?? 'You ended before your task was said to be done. Look where you were, and go on.'];
    case 'report-no-acknowledge':
      return [opening ?? 'You have not reported yet. Run `athene acknowledge`, then go on with your task.'];
    case 'report-stale':
      return [opening ?? 'Your last report is old. Run `athene report STATE --note WHAT`, then go on.'];
    case 'report-needs-input':
      return [
        opening ?? 'You reported that you need input. If that is no longer so, run `athene report working` and go on.',
      ];
    default:
      return assertNever(key);
  }
}
