import { useId } from 'react';
import { weekdays } from '#shared/domain/quiet-hours.ts';
import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, RowLabel } from './section.tsx';

const names = { sun: 'Su', mon: 'Mo', tue: 'Tu', wed: 'We', thu: 'Th', fri: 'Fr', sat: 'Sa' } as const;
const fromMonday = [...weekdays.slice(1), ...weekdays.slice(0, 1)];
const long = new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' });
/** 4 January 1970 was a Sunday. */
const dayName = (day: (typeof weekdays)[number]): string =>
  long.format(new Date(Date.UTC(1970, 0, 4 + weekdays.indexOf(day))));

export function QuietHoursRows() {
  const app = useApp();
  const { quietHours } = useStore(app.settings);
  const change = (some: Partial<typeof quietHours>): void =>
    void app.changeSettings({ quietHours: { ...quietHours, ...some } });
  return (
    <>
      <Row>
        <RowLabel id="quiet-label" note="Nobody is notified then, by whatever way. It is kept in the notice centre.">
          Quiet hours
        </RowLabel>
        <Switch on={quietHours.on} labelledBy="quiet-label" onChange={(on) => change({ on })} />
      </Row>
      {quietHours.on ? (
        <>
          <Row>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Time label="From" value={quietHours.from} onChange={(from) => change({ from })} />
              <Time label="to" value={quietHours.to} onChange={(to) => change({ to })} />
              <span role="group" aria-label="Days on which they begin" className="flex gap-0.5">
                {fromMonday.map((day) => (
                  <Toggle
                    key={day}
                    label={dayName(day)}
                    pressed={quietHours.days.includes(day)}
                    onChange={(on) =>
                      change({ days: weekdays.filter((one) => (one === day ? on : quietHours.days.includes(one))) })
                    }
                  >
                    {names[day]}
                  </Toggle>
                ))}
              </span>
            </div>
          </Row>
          <Row>
            <RowLabel id="urgent-label" note="An agent asks, is stuck, crashed or was lost.">
              What is urgent is told all the same
            </RowLabel>
            <Switch
              on={quietHours.urgentPasses}
              labelledBy="urgent-label"
              onChange={(urgentPasses) => change({ urgentPasses })}
            />
          </Row>
        </>
      ) : null}
    </>
  );
}

function Time({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="time"
        required
        value={value}
        // It is empty while somebody types.
        onChange={({ target }) => {
          if (target.value !== '') onChange(target.value);
        }}
        className="tabular h-7 rounded-control border border-control bg-raised px-2"
      />
    </span>
  );
}

export function Toggle({
  label,
  pressed,
  onChange,
  children,
}: {
  readonly label: string;
  readonly pressed: boolean;
  readonly onChange: (pressed: boolean) => void;
  readonly children: string;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      onClick={() => onChange(!pressed)}
      className={`h-6 rounded-control border px-2 text-caption font-medium ${pressed ? 'border-accent-fill bg-accent-fill text-white' : 'border-control text-soft hover:bg-raised hover:text-ink'}`}
    >
      {children}
    </button>
  );
}
