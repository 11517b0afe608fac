// What the tray says: icon, tooltip and menu, from the sessions and settings.
import { fleetOf, type Fleet } from '#shared/domain/attention.ts';
import type { CommandName } from '#shared/domain/key-map.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';
import { stateWords } from '#shared/domain/state-words.ts';
import { age } from '#shared/lib/age.ts';
import type { TrayForm } from './images.ts';
import type { MenuEntry } from './menu-entry.ts';

export type TrayAct =
  | { readonly kind: 'show'; readonly session: string }
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'set'; readonly change: SettingsChange }
  | { readonly kind: 'mute' }
  | { readonly kind: 'open' }
  | { readonly kind: 'quit' };

export interface TrayFacts {
  readonly sessions: readonly SessionView[];
  readonly settings: Settings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `14:02` of a time in milliseconds since the epoch. */
  readonly clockTime: (at: number) => string;
}

export interface TrayView {
  readonly form: TrayForm;
  /** How many wait; nothing for none. macOS shows it beside the icon. */
  readonly title: string;
  readonly tooltip: string;
  readonly entries: readonly MenuEntry<TrayAct>[];
}

/** Milliseconds for which the menu mutes notifications. */
export const muteFor = 60 * 60_000;
/** Sessions of a kind in the menu, and code points of a name. */
const most = 10;
const longestName = 40;

export function trayView(facts: TrayFacts): TrayView {
  const fleet = fleetOf(facts.sessions, facts.now);
  const { waiting, working } = fleet;
  return {
    form: waiting.length > 0 ? 'waiting' : working.length > 0 ? 'working' : 'idle',
    title: waiting.length > 0 ? String(waiting.length) : '',
    tooltip: tooltip(fleet),
    entries: [...fleetEntries(fleet, facts.now), ...wholeEntries(facts), ...appEntries(fleet)],
  };
}

function tooltip(fleet: Fleet): string {
  const counts = (['waiting', 'broken', 'working'] as const).filter((what) => fleet[what].length > 0);
  return `Athene: ${counts.map((what) => `${fleet[what].length} ${what}`).join(', ') || 'no agent works'}`;
}

function fleetEntries({ waiting, broken, ready }: Fleet, now: number): MenuEntry<TrayAct>[] {
  const oldest = waiting[0] === undefined ? '' : ` · oldest ${age(waiting[0].since, now)}`;
  return [
    ...group(`${waiting.length} waiting${oldest}`, waiting, 'next-attention', now),
    ...group(`${broken.length} broken`, broken, 'home', now),
    ...group(`${ready.length} ready to land`, ready, 'home', now),
  ];
}

function group(
  label: string,
  sessions: readonly SessionView[],
  others: CommandName,
  now: number,
): MenuEntry<TrayAct>[] {
  if (sessions.length === 0) return [];
  const more = sessions.length - most;
  return [
    { kind: 'heading', label },
    ...sessions.slice(0, most).map((session): MenuEntry<TrayAct> => {
      const words = [stateWords[session.state], nameOf(session), age(session.since, now)];
      return { kind: 'item', label: words.join(' · '), does: { kind: 'show', session: session.id } };
    }),
    ...(more > 0 ? [commandEntry(`and ${more} more…`, others)] : []),
    { kind: 'separator' },
  ];
}

const nameOf = ({ id, name }: SessionView): string => plainLine(name, longestName) || id;

const commandEntry = (label: string, command: CommandName): MenuEntry<TrayAct> => ({
  kind: 'item',
  label,
  does: { kind: 'command', command },
});

function wholeEntries({ settings, now, clockTime }: TrayFacts): MenuEntry<TrayAct>[] {
  const { spawnsPaused, mutedUntil } = settings;
  const isMuted = mutedUntil !== null && now < mutedUntil;
  return [
    commandEntry('New session…', 'new-session'),
    commandEntry('Queue', 'home'),
    {
      kind: 'item',
      label: spawnsPaused ? 'Resume new spawns' : 'Pause new spawns',
      does: { kind: 'set', change: { spawnsPaused: !spawnsPaused } },
    },
    isMuted
      ? {
          kind: 'item',
          label: `Unmute (muted until ${clockTime(mutedUntil)})`,
          does: { kind: 'set', change: { mutedUntil: null } },
        }
      : { kind: 'item', label: 'Mute for 1 hour', does: { kind: 'mute' } },
    { kind: 'separator' },
  ];
}

const appEntries = ({ working }: Fleet): MenuEntry<TrayAct>[] => [
  { kind: 'item', label: 'Open Athene', does: { kind: 'open' } },
  {
    kind: 'item',
    label: working.length > 0 ? `Quit… (${working.length} working)` : 'Quit…',
    does: { kind: 'quit' },
  },
];
