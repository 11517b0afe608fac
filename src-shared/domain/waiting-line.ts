// Who may start when only so many agents may run at once: by age, and nobody waits for a project that is not theirs. Pure.

export interface InLine {
  readonly request: string;
  readonly project: string;
  /** It may start, and its session does not count yet. */
  readonly admitted: boolean;
  /** Whoever asked for it is provably gone, or was stopped, and nobody has taken it over: nobody waits for it meanwhile. */
  readonly unattended: boolean;
}

export interface AgentLimits {
  /** Null: as many as anybody likes. */
  readonly all: number | null;
  readonly ofProject: (project: string) => number | null;
}

export interface LineFacts {
  /** Oldest first. */
  readonly line: readonly InLine[];
  /** Projects of the sessions that count, one entry each. */
  readonly running: readonly string[];
  readonly limits: AgentLimits;
  /** Whoever waits goes on waiting. */
  readonly paused: boolean;
}

/** Of those that wait, the ones for which there is room now. */
export function startable({ line, running, limits, paused }: LineFacts): ReadonlySet<string> {
  const may = new Set<string>();
  if (paused) return may;
  const admitted = line.filter((each) => each.admitted).map(({ project }) => project);
  const taken = [...running, ...admitted];
  for (const { request, project } of line.filter((each) => !each.admitted && !each.unattended)) {
    if (isFull(limits.all, taken.length)) break;
    if (isFull(limits.ofProject(project), taken.filter((each) => each === project).length)) continue;
    may.add(request);
    taken.push(project);
  }
  return may;
}

const isFull = (limit: number | null, count: number): boolean => limit !== null && count >= limit;

/** From 1; null for one that does not wait. */
export function placeOf(line: readonly InLine[], request: string): number | null {
  const at = line.filter(({ admitted }) => !admitted).findIndex((each) => each.request === request);
  return at === -1 ? null : at + 1;
}

/** `1st`, `2nd`, `23rd`. */
export function ordinal(place: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th' } as Readonly<Record<string, string>>;
  return `${place}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)] ?? 'th'}`;
}
