import { useState, type ReactNode } from 'react';
import type { Settings } from '#shared/domain/settings.ts';
import { Button } from '../../components/button.tsx';
import { Switch } from '../../components/switch.tsx';
import { clockTime } from '../../lib/age.ts';
import type { NotificationPermissionState } from '../../state/notifications.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { QuietHoursRows } from './quiet-hours.tsx';
import { Row, RowLabel, Section } from './section.tsx';

const kinds = [
  { setting: 'notifyWaiting', label: 'A session waits for you', note: 'it asks, or is stuck' },
  { setting: 'notifyBroken', label: 'A session is broken', note: 'it crashed or was lost' },
  { setting: 'notifyReady', label: 'A session is ready to land', note: undefined },
  { setting: 'notifyFinished', label: 'A session has finished', note: undefined },
] as const satisfies readonly { setting: keyof Settings; label: string; note: string | undefined }[];

export function Notifications() {
  const app = useApp();
  const settings = useStore(app.settings);
  return (
    <Section title="Notifications" note="of sessions that are not in sight">
      <Origin />
      {kinds.map(({ setting, label, note }) => (
        <Row key={setting}>
          <RowLabel id={`${setting}-label`} {...(note === undefined ? {} : { note })}>
            {label}
          </RowLabel>
          <Switch
            on={settings[setting]}
            labelledBy={`${setting}-label`}
            onChange={(on) => void app.changeSettings({ [setting]: on })}
          />
        </Row>
      ))}
      <Mute />
      <QuietHoursRows />
    </Section>
  );
}

const hour = 3_600_000;

function Mute() {
  const app = useApp();
  const { mutedUntil } = useStore(app.settings);
  const now = useNow();
  const muted = mutedUntil !== null && mutedUntil > now;
  return (
    <Row>
      <RowLabel note="Counts in windows and titles go on.">
        {muted ? `Muted until ${clockTime(mutedUntil)}` : 'Not muted'}
      </RowLabel>
      {muted ? (
        <Button size={24} onClick={() => void app.changeSettings({ mutedUntil: null })}>
          Unmute
        </Button>
      ) : (
        <Button size={24} onClick={() => void app.changeSettings({ mutedUntil: Date.now() + hour })}>
          Mute for an hour
        </Button>
      )}
    </Row>
  );
}

const origins: Readonly<Record<NotificationPermissionState, { readonly title: string; readonly note: string }>> = {
  system: {
    title: 'They come from the Athene app',
    note: 'How they look and sound is set in the system’s own settings.',
  },
  unasked: { title: 'This browser has not been asked yet', note: 'It asks once, and only when you press the button.' },
  allowed: { title: 'They come from this browser', note: 'While a tab with Athene is open.' },
  blocked: {
    title: 'This browser blocks them',
    note: 'To unblock: the icon at the left end of the address bar, then Notifications, then Allow.',
  },
  unavailable: {
    title: 'This browser can’t show any here',
    note: 'The number in the tab’s title stays. The desktop app has notifications of its own.',
  },
};

/** Where notifications come from, and what is needed for that. */
function Origin() {
  const { notifications } = useApp();
  const permission = useStore(notifications.permission);
  const { title, note } = origins[permission];
  return (
    <Row>
      <RowLabel note={note}>{title}</RowLabel>
      <PermissionAction permission={permission} />
    </Row>
  );
}

/** The button that asks, or tries. */
export function PermissionAction({ permission }: { readonly permission: NotificationPermissionState }): ReactNode {
  const { notifications } = useApp();
  const [asking, setAsking] = useState(false);
  if (permission === 'unasked')
    return (
      <Button
        disabled={asking}
        onClick={() => {
          setAsking(true);
          void notifications.ask().finally(() => setAsking(false));
        }}
      >
        {asking ? 'The browser asks…' : 'Allow notifications'}
      </Button>
    );
  if (permission === 'allowed')
    return (
      <Button size={24} onClick={() => notifications.sample()}>
        Show a sample
      </Button>
    );
  return null;
}
