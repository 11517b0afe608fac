// The members of the contract about what happens by itself.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Caller } from '#shared/domain/caller.ts';
import type { Notice } from '#shared/domain/notice.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { OutputOf } from '#shared/rpc/define-contract.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import { dismissReaction, previewReaction, runReaction } from '../lifecycle/reactions/by-person.ts';
import { checkReviews } from '../lifecycle/reactions/check-reviews.ts';
import type { ReactionDependencies } from '../lifecycle/reactions/dependencies.ts';
import { listRules, listSessionReactions } from '../lifecycle/reactions/list-reactions.ts';
import { recordNotice } from '../notices/look-once.ts';
import type { Deliveries } from '../sessions/send/deliveries.ts';
import { unknownSession } from '../sessions/session-record.ts';
import { findPullRequest } from '../storage/pull-requests.ts';
import { getSession } from '../storage/sessions.ts';
import type { Transaction } from '../storage/store.ts';
import type { HostParts } from './host.ts';
import { guarded } from './store-problems.ts';

type ListAnswer = Result<OutputOf<AtheneContract, 'reaction.list'>, Problem<'project-unknown' | 'session-unknown'>>;
type Calls = Handlers<AtheneContract, Caller>['calls'];

export const reactionHandlers = (
  { reactions, configuration, sessions }: HostParts,
  deliveries: Pick<Deliveries, 'start'>,
): Pick<Calls, Extract<keyof Calls, `reaction.${string}`>> => ({
  'reaction.list': ({ project, session }) =>
    guarded(async (): Promise<ListAnswer> => {
      const known = project === null ? ok(null) : configuration.find(project);
      if (!known.ok) return known;
      if (session !== null && sessions.store.read((tx) => getSession(tx, session)) === null)
        return fail(unknownSession(session));
      const all = sessions.store.read((tx) => listSessionReactions(reactions, tx, session));
      return ok({
        rules: [...listRules(reactions, project)],
        sessions: all.filter((one) => project === null || one.project === project),
      });
    }),
  'reaction.preview': (one) => guarded(async () => previewReaction(reactions, one)),
  'reaction.run': (one) =>
    guarded(async () => {
      const run = await runReaction(reactions, one);
      if (run.ok) deliveries.start(one.id);
      return run;
    }),
  'reaction.dismiss': (one) => guarded(() => dismissReaction(reactions, one)),
  'reaction.check': ({ project, dryRun }) =>
    guarded(async () => {
      const known = project === null ? ok(null) : configuration.find(project);
      if (!known.ok) return known;
      const checked = await checkReviews(reactions, { project, dryRun });
      if (!dryRun) for (const { session } of checked.told) deliveries.start(session);
      return ok(checked);
    }),
});

/** What reactions need of the host. */
export const reactionsOf = ({
  sessions,
  configuration,
  watch,
  known,
}: Pick<HostParts, 'sessions' | 'configuration' | 'watch' | 'known'>): ReactionDependencies => ({
  ...{ sessions, configuration, known },
  pullRequest(tx, { project, lifecycle: { pullRequest } }) {
    const { number } = pullRequest;
    return number === null ? null : (findPullRequest(tx, { project, number })?.facts ?? null);
  },
  typedAt: (terminal) => watch.facts(terminal)?.inputAt ?? null,
  tellNotice: (tx: Transaction, notice: Notice) =>
    recordNotice(tx, { configuration, log: sessions.log }, notice, { projects: [], now: sessions.now() }),
});
