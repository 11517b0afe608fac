// What the tray says: icon, tooltip and menu, from the sessions and settings.
import { fleetOf, type Fleet } from '#shared/domain/attention.ts';
import { unusualWords } from '#shared/domain/answer-words.ts';
import type { Choice } from '#shared/domain/asked-question.ts';
import type { CommandName } from '#shared/domain/key-map.ts';
import { plainLine } from '#shared/domain/plain-line.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';
import { stateWords } from '#shared/domain/state-words.ts';
import { age } from '#shared/lib/age.ts';
import type { OutsideAnswer } from './answers.ts';
import type { TrayForm } from './images.ts';
import type { MenuEntry } from './menu-entry.ts';

export type TrayAct =
  | { readonly kind: 'show'; readonly session: string }
  | { readonly kind: 'answer'; readonly answer: OutsideAnswer }
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
  /** What may be answered from here. */
  readonly answersTo: (session: SessionView) => readonly OfferedAnswer[];
}

export interface OfferedAnswer {
  readonly choice: Pick<Choice, 'label'>;
  readonly gives: OutsideAnswer;
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
/** Longer than any command that may be agreed to here. */
const longestQuestion = 160;

export function trayView(facts: TrayFacts): TrayView {
  const fleet = fleetOf(facts.sessions, facts.now);
  const { waiting, working } = fleet;
  return {
    form: waiting.length > 0 ? 'waiting' : working.length > 0 ? 'working' : 'idle',
    title: waiting.length > 0 ? String(waiting.length) : '',
    tooltip: tooltip(fleet),
    entries: [...fleetEntries(fleet, facts), ...wholeEntries(facts), ...appEntries(fleet)],
  };
}

function tooltip(fleet: Fleet): string {
  const counts = (['waiting', 'broken', 'working'] as const).filter((what) => fleet[what].length > 0);
  return `Athene: ${counts.map((what) => `${fleet[what].length} ${what}`).join(', ') || 'no agent works'}`;
}

function fleetEntries({ waiting, broken, ready }: Fleet, facts: TrayFacts): MenuEntry<TrayAct>[] {
  const oldest = waiting[0] === undefined ? '' : ` · oldest ${age(waiting[0].since, facts.now)}`;
  return [
    ...group(`${waiting.length} waiting${oldest}`, waiting, 'next-attention', facts),
    ...group(`${broken.length} broken`, broken, 'home', facts),
    ...group(`${ready.length} ready to land`, ready, 'home', facts),
  ];
}

function group(
  label: string,
  sessions: readonly SessionView[],
  others: CommandName,
  facts: TrayFacts,
): MenuEntry<TrayAct>[] {
  if (sessions.length === 0) return [];
  const more = sessions.length - most;
  return [
    { kind: 'heading', label },
    ...sessions.slice(0, most).map((session) => sessionEntry(session, facts)),
    ...(more > 0 ? [commandEntry(`and ${more} more…`, others)] : []),
    { kind: 'separator' },
  ];
}

/** One that asks what may be answered from here has a menu of its own. */
function sessionEntry(session: SessionView, { now, answersTo }: TrayFacts): MenuEntry<TrayAct> {
  const label = [stateWords[session.state], nameOf(session), age(session.since, now)].join(' · ');
  const does: TrayAct = { kind: 'show', session: session.id };
  const answers = answersTo(session);
  const { question } = session;
  if (question === null || answers.length === 0) return { kind: 'item', label, does };
  const unusual = question.unusual.map((each) => unusualWords[each]).join(', ');
  return {
    kind: 'submenu',
    label,
    entries: [
      { kind: 'heading', label: plainLine(question.command ?? question.text, longestQuestion) },
      ...(unusual === '' ? [] : [{ kind: 'heading', label: unusual } as const]),
      { kind: 'separator' },
      ...answers.map(({ choice, gives }): MenuEntry<TrayAct> => ({
        kind: 'item',
        label: plainLine(choice.label, longestName),
        does: { kind: 'answer', answer: gives },
      })),
      { kind: 'separator' },
      { kind: 'item', label: 'Open', does },
    ],
  };
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
