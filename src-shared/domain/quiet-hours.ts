// When nobody is to be disturbed: hours of the day, on some days, by the clock on the wall.
import { z } from 'zod';

/** As `Date.getDay` counts them. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const clockTimeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written as 22:30');

export const quietHoursSchema = z.strictObject({
  on: z.boolean(),
  /** An end that is not after the beginning lies on the next day. */
  from: clockTimeSchema,
  to: clockTimeSchema,
  /** On which they begin. */
  days: z.array(z.enum(weekdays)).max(7),
  /** What is urgent is told all the same. */
  urgentPasses: z.boolean(),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

export const noQuietHours: QuietHours = {
  on: false,
  from: '22:00',
  to: '07:00',
  days: [...weekdays],
  urgentPasses: true,
};

/**
 * By the clock on the wall, so that a day with a change of the clock has the same hours as any other.
 * @param at milliseconds since the epoch
 * @param timeZone that of this machine when it is not given
 */
export function isQuietAt({ on, from, to, days }: QuietHours, at: number, timeZone?: string): boolean {
  if (!on) return false;
  const { day, time } = timeZone === undefined ? hereAt(at) : thereAt(at, timeZone);
  const begins = (day: number): boolean => days.some((name) => name === weekdays[(day + 7) % 7]);
  if (from < to) return begins(day) && from <= time && time < to;
  return (begins(day) && from <= time) || (begins(day - 1) && time < to);
}

interface LocalTime {
  /** From 0, Sunday. */
  readonly day: number;
  /** `07:05`, which sorts as it reads. */
  readonly time: string;
}

function hereAt(at: number): LocalTime {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  return { day: date.getDay(), time: `${two(date.getHours())}:${two(date.getMinutes())}` };
}

function thereAt(at: number, timeZone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const day = weekdays.findIndex((name) => name === part('weekday').toLowerCase());
  return { day, time: `${part('hour')}:${part('minute')}` };
}
