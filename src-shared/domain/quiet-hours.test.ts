import { describe, expect, it } from 'vitest';
import { isQuietAt, noQuietHours, weekdays, type QuietHours } from './quiet-hours.ts';

const berlin = 'Europe/Berlin';
const nights: QuietHours = { ...noQuietHours, on: true, from: '22:00', to: '07:00' };
const workNights: QuietHours = { ...nights, days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
const lunch: QuietHours = { ...nights, from: '12:00', to: '13:30', days: ['mon'] };

describe('quiet hours', () => {
  // 2026-01-05 is a Monday; Berlin is one hour ahead of UTC then.
  it.each<readonly [string, QuietHours, string, boolean]>([
    ['that are off', { ...nights, on: false }, '2026-01-05T23:00+01:00', false],
    ['of a night, at their first minute', nights, '2026-01-05T22:00+01:00', true],
    ['of a night, a moment before', nights, '2026-01-05T21:59:59+01:00', false],
    ['of a night, after midnight', nights, '2026-01-06T00:00+01:00', true],
    ['of a night, at their last minute', nights, '2026-01-06T06:59:59+01:00', true],
    ['of a night, when they are over', nights, '2026-01-06T07:00+01:00', false],
    ['of a Friday, on Saturday morning', workNights, '2026-01-10T03:00+01:00', true],
    ['of a Saturday that has none, in the evening', workNights, '2026-01-10T23:00+01:00', false],
    ['of a Sunday that has none, on Monday morning', workNights, '2026-01-05T03:00+01:00', false],
    ['of a lunch', lunch, '2026-01-05T13:29+01:00', true],
    ['of a lunch, on another day', lunch, '2026-01-06T12:30+01:00', false],
    ['of all day', { ...lunch, from: '00:00', to: '00:00' }, '2026-01-05T23:59+01:00', true],
    ['of all day, the day after', { ...lunch, from: '00:00', to: '00:00' }, '2026-01-06T00:00+01:00', false],
    ['on no day', { ...nights, days: [] }, '2026-01-05T23:00+01:00', false],
    // The clock goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
    ['in the night that is shorter, before the change', nights, '2026-03-29T01:59+01:00', true],
    ['in the night that is shorter, at its end', nights, '2026-03-29T06:59+02:00', true],
    ['in the night that is shorter, after its end', nights, '2026-03-29T07:00+02:00', false],
    ['that end in the hour that is left out', { ...nights, to: '02:30' }, '2026-03-29T03:00+02:00', false],
    ['in the night that is longer, before the change', nights, '2026-10-25T02:30+02:00', true],
    ['in the night that is longer, after it', nights, '2026-10-25T02:30+01:00', true],
    ['in the night that is longer, at its end', nights, '2026-10-25T06:59+01:00', true],
    ['in the night that is longer, after its end', nights, '2026-10-25T07:00+01:00', false],
  ])('%s', (_name, hours, at, quiet) => {
    expect(isQuietAt(hours, Date.parse(at), berlin)).toBe(quiet);
  });

  it('are those of this machine when no time zone is named', () => {
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const at = Date.UTC(2026, 0, 5);
    for (let hour = 0; hour < 48; hour += 1) {
      const time = at + hour * 3_600_000;
      expect(isQuietAt(nights, time)).toBe(isQuietAt(nights, time, here));
    }
    expect(weekdays.length).toBe(7);
  });
});
