// How long something has been so, in one unit.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `now`, `12m`, `2h`, `3d`; both in ms since the epoch. */
export function age(since: number, now: number): string {
  const spent = now - since;
  if (spent < minute) return 'now';
  if (spent < hour) return `${Math.floor(spent / minute)}m`;
  if (spent < day) return `${Math.floor(spent / hour)}h`;
  return `${Math.floor(spent / day)}d`;
}
