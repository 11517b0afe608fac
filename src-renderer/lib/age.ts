// Times as people read them: one unit, no decimals where they say nothing.

const minute = 60_000;

export { age } from '#shared/lib/age.ts';

/** `0.4 s`, `12 s`, `3 min 5 s`. */
export function seconds(ms: number): string {
  const clamped = Math.max(0, ms);
  if (clamped < 10_000) return `${(clamped / 1000).toFixed(1)} s`;
  if (clamped < minute) return `${Math.floor(clamped / 1000)} s`;
  return `${Math.floor(clamped / minute)} min ${Math.floor((clamped % minute) / 1000)} s`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const date = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

/** `Today`, `Yesterday`, `Mon, 23 Nov`. */
export function dayOf(at: number, now: number): string {
  const day = date.format(at);
  if (day === date.format(now)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return day === date.format(yesterday) ? 'Yesterday' : day;
}

/** `14:02` */
export const clockTime = (at: number): string => clock.format(at);
export const fullTime = (at: number): string => full.format(at);

/** What the core writes for everybody, in the time of whoever reads it. */
export const inLocalTime = (text: string): string =>
  text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (time) => fullTime(Date.parse(time)));
