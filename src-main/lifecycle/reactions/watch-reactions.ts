// What happens by itself when something happens to a session: looked at by the host that supervises, from the store alone.
import type { Deliveries } from '../../sessions/send/deliveries.ts';
import { lastChange } from '../../storage/changes.ts';
import { carryOut, isNew } from './carry-out.ts';
import { cleanUpMerged } from './clean-up-merged.ts';
import type { ReactionDependencies } from './dependencies.ts';
import { evaluate } from './evaluate.ts';
import { readLayers } from './layers.ts';
import { noteAllComplete } from './note-all-complete.ts';

export interface ReactionWatch {
  /** Never overlaps itself. */
  look(): Promise<void>;
}

/** Milliseconds between two looks while nothing is about to happen and no row has changed: rules and clocks still may. */
const restsFor = 10_000;
/** The same whatever changes: a look reads every session, and agents at work change rows all the time. */
const atMostEvery = 1000;

export function watchReactions(
  dependencies: ReactionDependencies,
  deliveries: Pick<Deliveries, 'start'>,
): ReactionWatch {
  const { store, now } = dependencies.sessions;
  let last: { readonly change: number; readonly at: number; readonly rests: boolean } | null = null;
  const mayRest = (change: number): boolean => {
    const ago = last === null ? -1 : now() - last.at;
    if (last === null || ago < 0) return false;
    return ago < atMostEvery || (last.rests && last.change === change && ago < restsFor);
  };
  return {
    async look() {
      const [change, at] = [store.read(lastChange), now()];
      if (mayRest(change)) return;
      const { told, rests } = await lookOnce(dependencies);
      for (const session of told) deliveries.start(session);
      await noteAllComplete(dependencies);
      const cleaned = await cleanUpMerged(dependencies);
      last = { change, at, rests: rests && cleaned };
    },
  };
}

/** Concluded once to see whether anything is new, and again in the transaction that does it: whoever came first has changed what is remembered. */
async function lookOnce(
  dependencies: ReactionDependencies,
): Promise<{ readonly told: ReadonlySet<string>; readonly rests: boolean }> {
  const { store, newId } = dependencies.sessions;
  const layers = readLayers(dependencies);
  const all = store.read((tx) => evaluate(dependencies, tx, { layers }));
  const told = new Set<string>();
  for (const only of new Set(all.filter(isNew).map(({ record }) => record.id))) {
    const sent = await store.write('reactions', (tx) => {
      const due = evaluate(dependencies, tx, { layers, only }).filter(isNew);
      return due.map((one) => carryOut(tx, one, newId)).includes(true);
    });
    if (sent) told.add(only);
  }
  return {
    told,
    rests: !all.some((one) => isNew(one) || one.reacted.plan.kind === 'due' || one.reacted.plan.kind === 'held'),
  };
}
