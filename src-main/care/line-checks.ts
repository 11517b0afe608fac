// Places in line that nobody can come to any more, or that nobody takes care of just now. Pure.
import type { LineRow } from '../storage/waiting-line.ts';
import type { Facts } from './facts.ts';
import { doubt, found, kept, type Found } from './found.ts';

const todo = 'Takes it out of the line; what was typed is kept.';

export const lineFaults = (facts: Facts, isGone: (owner: unknown) => boolean): readonly Found[] =>
  facts.line.flatMap((place) => faultOf(place, facts, isGone) ?? []);

function faultOf(place: LineRow, facts: Facts, isGone: (owner: unknown) => boolean): Found | null {
  const { request, kind, admitted, project } = place;
  const over = whyOver(place, facts);
  if (over !== null) return found('place-left', request, null, over, todo);
  // One that may start already has begun: it is told as a spawn.
  if (!isGone(place.process) || (kind === 'spawn' && admitted)) return null;
  const { known, troubled } = facts.projects;
  if (known.has(project)) return kept('place-left', request, null, unattended, attend(request));
  const gone = `It waits for the project ${project}, which is gone, and so is whoever waited.`;
  return troubled
    ? doubt('place-left', request, null, `${gone} Or config.yaml can't be read.`, 'Mend config.yaml.')
    : found('place-left', request, null, gone, todo);
}

/** What nobody can go on with, whoever waits. */
function whyOver({ request, kind, session }: LineRow, { sessions, damaged, running }: Facts): string | null {
  if (kind === 'spawn') {
    return running.some(({ id }) => id === request) ? null : 'What waits there has come to an end already.';
  }
  const known = [...sessions, ...damaged].some(({ id }) => id === session);
  return known ? null : `It waits to restore ${session}, which is gone.`;
}

const unattended = 'Whoever waited there is gone, and nobody waits on for it yet.';
const attend = (request: string): string =>
  `The app or server of Athene does so. Or take it out: athene spawns cancel ${request}`;
