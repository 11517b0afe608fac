// Tells agents of review comments at once, without waiting for more of them: `athene review-check`.
import type { SessionReactionKey } from '#shared/domain/reaction.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import { runNow, textOf } from './by-person.ts';
import type { ReactionDependencies } from './dependencies.ts';
import { evaluate, type Evaluated } from './evaluate.ts';
import { readLayers } from './layers.ts';

interface At {
  readonly session: string;
  readonly key: SessionReactionKey;
}
type Checked = At & ({ readonly text: string } | { readonly why: string });

export interface CheckedReviews {
  readonly told: (At & { readonly text: string })[];
  readonly left: (At & { readonly why: string })[];
}

export async function checkReviews(
  dependencies: ReactionDependencies,
  { project, dryRun }: { readonly project: string | null; readonly dryRun: boolean },
): Promise<CheckedReviews> {
  const { store } = dependencies.sessions;
  const layers = readLayers(dependencies);
  const openIn = (tx: ReadTransaction, only: string | null = null): readonly Evaluated[] =>
    evaluate(dependencies, tx, { layers, only }).filter(
      ({ record, key }) => (project === null || record.project === project) && reviews.has(key),
    );
  if (dryRun) return parted(store.read((tx) => openIn(tx).map(wouldTell)));
  const checked: Checked[] = [];
  for (const session of new Set(store.read((tx) => openIn(tx).map(({ record }) => record.id)))) {
    const done = await store.write('review-check', (tx) =>
      openIn(tx, session).map((one): Checked => {
        const left = whyLeft(one);
        const run = left === null ? runNow(dependencies, tx, one) : null;
        if (run?.ok === true) return { ...at(one), text: textOf(one) ?? '' };
        return { ...at(one), why: left ?? run?.problem.what ?? '' };
      }),
    );
    checked.push(...done);
  }
  return parted(checked);
}

const reviews = new Set<SessionReactionKey>(['changes-requested', 'bugbot-comments']);

const at = ({ record, key }: Evaluated): At => ({ session: record.id, key });

function wouldTell(one: Evaluated): Checked {
  const why = whyLeft(one) ?? (one.hold === null || one.hold.yields === true ? null : one.hold.why);
  return why === null ? { ...at(one), text: textOf(one) ?? '' } : { ...at(one), why };
}

/** Null: it is to be told. */
function whyLeft({ signal, before }: Evaluated): string | null {
  if (signal.kind === 'unknown') return signal.why;
  if (signal.kind === 'off') return 'No comment is open.';
  if (before?.acted === signal.occasion) return 'Its agent was told of all of them.';
  return before?.dismissed === signal.occasion ? 'You dismissed it.' : null;
}

const parted = (checked: readonly Checked[]): CheckedReviews => ({
  told: checked.flatMap((one) => ('text' in one ? [one] : [])),
  left: checked.flatMap((one) => ('why' in one ? [one] : [])),
});
