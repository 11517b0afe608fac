// When somebody is told of a session that nobody looks at. A pure machine: what is so and the time go in; what to tell, what to
// take back and when to look again come out.
import { attentionOf } from './attention.ts';
import { isMuted } from './mute.ts';
import { textOfMany, textOfOne } from './notice-text.ts';
import { highestPriority, priorityOf, type Priority } from './priority.ts';
import { isQuietAt } from './quiet-hours.ts';
import type { SessionView } from './session.ts';
import type { Settings } from './settings.ts';
import type { ScreenState } from './status.ts';

export const noticeKinds = ['waiting', 'broken', 'ready', 'finished'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export interface Notice {
  /** Unique while the machine lives. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** The highest of its sessions. */
  readonly priority: Priority;
  /** Ids: one, or the three and more of a bundle. */
  readonly sessions: readonly string[];
  /** A plain line of at most 80 code points; `<` and `&` may be in it. */
  readonly title: string;
  /** A plain line of at most 200 code points; `<` and `&` may be in it. */
  readonly body: string;
}

export interface NoticeFacts {
  readonly sessions: readonly SessionView[];
  readonly settings: NoticeSettings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly isInSight: (session: string) => boolean;
  /** Is it told here? Everything when not given. */
  readonly isRouted?: (priority: Priority, project: string) => boolean;
}

export type NoticeSettings = Pick<
  Settings,
  'notifyWaiting' | 'notifyBroken' | 'notifyReady' | 'notifyFinished' | 'mutedUntil' | 'quietHours'
>;

export interface NoticeStep {
  readonly state: NoticeState;
  readonly tell: readonly Notice[];
  /** Ids of notices whose cause went away or was seen, or that a bundle of `tell` replaces. */
  readonly withdraw: readonly string[];
  /** When to look again although nothing changes, in milliseconds since the epoch; null when there is no need. */
  readonly lookAgainAt: number | null;
}

/** Milliseconds that a state must last before it is told; whatever else came in them is told with it. */
export const settling = 1000;
/** Milliseconds in which three make a bundle, in which no more than two notices of a kind are told, and within which a state
 * that comes back never went away. */
export const gathering = 10_000;
/** Milliseconds between two notices of a kind about a session. */
export const repeating = 60_000;
const bundled = 3;
const atOnce = 2;

/** A session came into a state that somebody should know of. */
interface Cause {
  readonly session: string;
  readonly kind: NoticeKind;
  readonly seenAt: number;
}

/** Opaque: what the machine remembers from one look to the next. */
export interface NoticeState {
  /** What each session asked for; null before the first look, which tells nothing. */
  readonly known: ReadonlyMap<string, NoticeKind | null> | null;
  readonly pending: readonly Cause[];
  /** Pending until a moment ago. */
  readonly left: readonly (Cause & { readonly leftAt: number })[];
  readonly told: readonly (Cause & { readonly toldAt: number; readonly notice: string })[];
  readonly standing: readonly { readonly notice: Notice; readonly causes: readonly Cause[] }[];
  readonly watchedFrom: number;
  readonly lookedAt: number;
  readonly lastId: number;
}

export const noNotices: NoticeState = {
  known: null,
  pending: [],
  left: [],
  told: [],
  standing: [],
  watchedFrom: 0,
  lookedAt: 0,
  lastId: 0,
};

/** To be called when sessions, settings or what is in sight have changed, and at `lookAgainAt`. */
export function lookForNotices(before: NoticeState, facts: NoticeFacts): NoticeStep {
  const { now } = facts;
  const known = new Map(facts.sessions.map((session) => [session.id, causeOf(session)?.kind ?? null]));
  if (before.known === null)
    return { state: { ...before, known, watchedFrom: now, lookedAt: now }, tell: [], withdraw: [], lookAgainAt: null };
  const old = atThisClock(before, now);
  const holds = ({ session, kind }: Cause): boolean => known.get(session) === kind && !facts.isInSight(session);
  const standing = old.standing.filter(({ causes }) => causes.some(holds));
  const looked: NoticeState = {
    known,
    pending: [...old.pending, ...arrivals(old, known, facts)].filter((cause) => holds(cause) && isWanted(cause, facts)),
    left: [
      ...old.left,
      ...old.pending.filter((cause) => !holds(cause)).map((cause) => ({ ...cause, leftAt: now })),
    ].filter(({ leftAt }) => now - leftAt < gathering),
    told: old.told.filter(({ toldAt }) => now - toldAt < repeating),
    standing: standing.map(({ notice, causes }) => ({ notice, causes: causes.filter(holds) })),
    watchedFrom: old.watchedFrom,
    lookedAt: now,
    lastId: old.lastId,
  };
  const withdrawn = old.standing.filter((one) => !standing.includes(one)).map(({ notice }) => notice.id);
  const first: Told = { state: looked, tell: [], withdraw: withdrawn };
  const last = noticeKinds.reduce((step, kind) => tellDue(step, kind, facts), first);
  return { ...last, lookAgainAt: nextLook(last.state) };
}

/** What was told by somebody else is as if this machine had told it: it is not told again, and withdrawn when its cause is gone. */
export function takeUp(
  state: NoticeState,
  told: readonly { readonly notice: Notice; readonly at: number }[],
): NoticeState {
  const taken = told.map(({ notice, at }) => ({
    notice,
    causes: notice.sessions.map((session): Cause => ({ session, kind: notice.kind, seenAt: at })),
  }));
  const causes = taken.flatMap((one) =>
    one.causes.map((cause) => ({ ...cause, toldAt: cause.seenAt, notice: one.notice.id })),
  );
  return {
    ...state,
    known: new Map([...(state.known ?? []), ...causes.map(({ session, kind }) => [session, kind] as const)]),
    pending: state.pending.filter(
      (one) => !causes.some(({ session, kind }) => session === one.session && kind === one.kind),
    ),
    told: [...state.told, ...causes],
    standing: [...state.standing, ...taken],
  };
}

/** What of a session is to be told, as its reactions or else its state say; null: nothing. */
export function causeOf({ told, state, since }: Pick<SessionView, 'told' | 'state' | 'since'>): {
  readonly kind: NoticeKind;
  readonly priority: Priority;
  readonly since: number;
} | null {
  if (told?.to === 'nobody') return null;
  const kind = noticeKindOf(state);
  return told ?? (kind === null ? null : { kind, priority: priorityOf(state), since });
}

/** Null when nobody needs to be told: what a person stopped, they know. */
export function noticeKindOf(state: ScreenState): NoticeKind | null {
  if (state === 'stopped') return null;
  const attention = attentionOf(state);
  return noticeKinds.find((kind) => kind === attention) ?? null;
}

/** When the wall clock was put back, what happened stays as long ago as it was. */
function atThisClock(state: NoticeState, now: number): NoticeState {
  const back = Math.max(0, state.lookedAt - now);
  if (back === 0) return state;
  const earlier = <C extends Cause>(cause: C): C => ({ ...cause, seenAt: cause.seenAt - back });
  return {
    ...state,
    pending: state.pending.map(earlier),
    left: state.left.map((cause) => ({ ...earlier(cause), leftAt: cause.leftAt - back })),
    told: state.told.map((cause) => ({ ...earlier(cause), toldAt: cause.toldAt - back })),
    standing: state.standing.map(({ notice, causes }) => ({ notice, causes: causes.map(earlier) })),
    watchedFrom: state.watchedFrom - back,
    lookedAt: now,
  };
}

/**
 * Only what happened while we watched. A session that comes late was not spawned just now; and what a session has been for
 * longer was only found out: at the start nobody knows yet what the terminals show.
 */
function arrivals(
  old: NoticeState,
  known: ReadonlyMap<string, NoticeKind | null>,
  { sessions, now }: NoticeFacts,
): Cause[] {
  return sessions.flatMap((session) => {
    const { id, createdAt } = session;
    const kind = known.get(id) ?? null;
    const since = causeOf(session)?.since ?? session.since;
    const before = old.known?.get(id);
    const isNews =
      before === undefined
        ? createdAt > old.lookedAt - gathering
        : before !== kind && since > old.watchedFrom - gathering;
    if (kind === null || !isNews) return [];
    const same = old.left.find((one) => one.session === id && one.kind === kind && now - one.leftAt < gathering);
    return [{ session: id, kind, seenAt: same?.seenAt ?? now }];
  });
}

function isWanted({ session, kind }: Cause, { sessions, settings, now, isRouted }: NoticeFacts): boolean {
  const view = sessions.find(({ id }) => id === session);
  if (view === undefined || isMuted(view.muted, now) || !isSwitchedOn(kind, settings)) return false;
  const priority = causeOf(view)?.priority ?? priorityOf(view.state);
  return whyHeld(settings, priority, now) === null && (isRouted?.(priority, view.project) ?? true);
}

const isSwitchedOn = (kind: NoticeKind, settings: NoticeSettings): boolean =>
  ({
    waiting: settings.notifyWaiting,
    broken: settings.notifyBroken,
    ready: settings.notifyReady,
    finished: settings.notifyFinished,
  })[kind];

/** Why nothing of this priority is told to anybody now; null when it is. */
export function whyHeld(
  { mutedUntil, quietHours }: Pick<Settings, 'mutedUntil' | 'quietHours'>,
  priority: Priority,
  now: number,
): 'muted' | 'quiet-hours' | null {
  if (mutedUntil !== null && now < mutedUntil) return 'muted';
  if (quietHours.urgentPasses && priority === 'urgent') return null;
  return isQuietAt(quietHours, now) ? 'quiet-hours' : null;
}

type Told = Pick<NoticeStep, 'state' | 'tell' | 'withdraw'>;

function tellDue(step: Told, kind: NoticeKind, { sessions, now }: NoticeFacts): Told {
  const { state } = step;
  const group = state.pending.filter((cause) => cause.kind === kind && mayTellAt(state, cause) <= now);
  if (gateOf(state, kind) > now || !group.some(({ seenAt }) => seenAt + settling <= now)) return step;
  const since = Math.min(...group.map(({ seenAt }) => seenAt)) - gathering;
  const joined = state.standing.filter(
    ({ notice, causes }) => notice.kind === kind && causes.some(({ seenAt }) => seenAt >= since),
  );
  const all = [
    ...new Map([...joined.flatMap(({ causes }) => causes), ...group].map((one) => [one.session, one])).values(),
  ];
  const isBundle = all.length >= bundled;
  const free = atOnce - recentNotices(state, kind).length;
  const parts = isBundle ? [all] : group.slice(0, free).map((cause) => [cause]);
  const made = parts.map((causes, index) => {
    const views = causes.flatMap(({ session }) => sessions.find(({ id }) => id === session) ?? []);
    const [first] = views;
    const text = isBundle || first === undefined ? textOfMany(kind, views, now) : textOfOne(first);
    const id = `${kind}-${state.lastId + index + 1}`;
    const priority = highestPriority(views.map((view) => causeOf(view)?.priority ?? priorityOf(view.state)));
    return { notice: { id, kind, priority, sessions: causes.map(({ session }) => session), ...text }, causes };
  });
  const replaced = isBundle ? joined : [];
  const fresh = made.flatMap(({ notice, causes }) =>
    causes.filter((cause) => group.includes(cause)).map((cause) => ({ ...cause, toldAt: now, notice: notice.id })),
  );
  return {
    state: {
      ...state,
      pending: state.pending.filter(
        ({ session, kind }) => !fresh.some((one) => one.session === session && one.kind === kind),
      ),
      told: [...state.told, ...fresh],
      standing: [...state.standing.filter((one) => !replaced.includes(one)), ...made],
      lastId: state.lastId + made.length,
    },
    tell: [...step.tell, ...made.map(({ notice }) => notice)],
    withdraw: [...step.withdraw, ...replaced.map(({ notice }) => notice.id)],
  };
}

/** Not sooner than a while after the last time. */
function mayTellAt({ told }: NoticeState, { session, kind }: Cause): number {
  return Math.max(
    -Infinity,
    ...told.filter((one) => one.session === session && one.kind === kind).map(({ toldAt }) => toldAt + repeating),
  );
}

/** Before this time enough has been told of the kind. */
function gateOf(state: NoticeState, kind: NoticeKind): number {
  const at = recentNotices(state, kind).toSorted((a, b) => b - a)[atOnce - 1];
  return at === undefined ? -Infinity : at + gathering;
}

/** Times of the notices of a kind that were told lately. */
function recentNotices({ told, lookedAt }: NoticeState, kind: NoticeKind): number[] {
  const recent = told.filter((one) => one.kind === kind && lookedAt - one.toldAt < gathering);
  return [...new Map(recent.map(({ notice, toldAt }) => [notice, toldAt])).values()];
}

function nextLook(state: NoticeState): number | null {
  const times = state.pending.map((cause) =>
    Math.max(cause.seenAt + settling, mayTellAt(state, cause), gateOf(state, cause.kind)),
  );
  return times.length === 0 ? null : Math.min(...times);
}
