import { describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import { sampleQuestion } from './fixtures/sample-question.ts';
import { sampleSession } from './fixtures/sample-session.ts';
import { trayView } from './tray-menu.ts';

const now = 1_800_000_000_000;
const minute = 60_000;
const view = (sessions: readonly SessionView[], settings: Partial<Settings> = {}) =>
  trayView({
    sessions,
    settings: { ...defaultSettings, ...settings },
    now,
    clockTime: (at) => `+${(at - now) / minute}`,
    answersTo: ({ id, question }) =>
      (question?.choices ?? []).map((choice) => ({
        choice,
        gives: { session: id, name: id, question: question?.id ?? '', choice: choice.number },
      })),
  });
/** The menu as it reads: `# heading`, `---`, `label → what it does`. */
const lines = (sessions: readonly SessionView[], settings: Partial<Settings> = {}): string[] =>
  view(sessions, settings).entries.map((entry) => {
    if (entry.kind === 'heading') return `# ${entry.label}`;
    return entry.kind === 'item'
      ? `${entry.label} → ${Object.values(entry.does)
          .map((v) => (typeof v === 'string' ? v : JSON.stringify(v)))
          .join(' ')}`
      : '---';
  });
const since = (minutes: number): Partial<SessionView> => ({ since: now - minutes * minute });
const question = sampleQuestion({ unusual: ['deletes', 'network'] });
const gives = { session: 'rate-limit', name: 'rate-limit', question: question.id };
const rest = [
  'New session… → command new-session',
  'Queue → command home',
  'Pause new spawns → set {"spawnsPaused":true}',
  'Mute for 1 hour → mute',
  '---',
  'Open Athene → open',
];
const working = Array.from({ length: 7 }, (_, n) => sampleSession(`w${n}`, 'working', since(1)));

describe('the menu', () => {
  it('says what waits, what is broken and what can land, the longest first', () => {
    const sessions = [
      sampleSession('checkout-flow', 'asks-permission', since(1)),
      sampleSession('rate-limit', 'asks-permission', since(12)),
      sampleSession('auth-refactor', 'asks-you', since(4)),
      sampleSession('nav-a11y', 'ci-failing', since(30)),
      sampleSession('import-job', 'crashed', since(18)),
      sampleSession('docs-ia', 'ready-to-land', since(0)),
      ...working,
      sampleSession('old', 'done', since(600)),
    ];
    expect(lines(sessions)).toEqual([
      '# 3 waiting · oldest 12m',
      'Asks permission · rate-limit · 12m → show rate-limit',
      'Asks you · auth-refactor · 4m → show auth-refactor',
      'Asks permission · checkout-flow · 1m → show checkout-flow',
      '---',
      '# 2 broken',
      'CI failing · nav-a11y · 30m → show nav-a11y',
      'Crashed · import-job · 18m → show import-job',
      '---',
      '# 1 ready to land',
      'Ready to land · docs-ia · now → show docs-ia',
      '---',
      ...rest,
      'Quit… (7 working) → quit',
    ]);
  });

  it('has the answers of one that asks in a menu of its own', () => {
    const session = sampleSession('rate-limit', 'asks-permission', { ...since(12), question });
    expect(view([session]).entries[1]).toEqual({
      kind: 'submenu',
      label: 'Asks permission · rate-limit · 12m',
      entries: [
        { kind: 'heading', label: 'npm run migrate' },
        { kind: 'heading', label: 'deletes, uses the network' },
        { kind: 'separator' },
        { kind: 'item', label: 'Allow once', does: { kind: 'answer', answer: { ...gives, choice: 1 } } },
        { kind: 'item', label: 'Deny', does: { kind: 'answer', answer: { ...gives, choice: 2 } } },
        { kind: 'separator' },
        { kind: 'item', label: 'Open', does: { kind: 'show', session: 'rate-limit' } },
      ],
    });
  });

  it('is short when nobody wants anything', () => {
    expect(lines([sampleSession('a', 'idle')])).toEqual([...rest, 'Quit… → quit']);
  });

  it('names ten and leads to the others', () => {
    const many = Array.from({ length: 14 }, (_, n) => sampleSession(`s${n}`, 'asks-you', since(20 - n)));
    expect(lines(many).slice(9, 13)).toEqual([
      'Asks you · s8 · 12m → show s8',
      'Asks you · s9 · 11m → show s9',
      'and 4 more… → command next-attention',
      '---',
    ]);
  });

  it.each<[Partial<Settings>, string[]]>([
    [{ spawnsPaused: true }, ['Resume new spawns → set {"spawnsPaused":false}', 'Mute for 1 hour → mute']],
    [
      { mutedUntil: now + 40 * minute },
      ['Pause new spawns → set {"spawnsPaused":true}', 'Unmute (muted until +40) → set {"mutedUntil":null}'],
    ],
    [{ mutedUntil: now - 1 }, ['Pause new spawns → set {"spawnsPaused":true}', 'Mute for 1 hour → mute']],
  ])('with %j offers the way back', (settings, offers) => {
    expect(lines([], settings).slice(2, 4)).toEqual(offers);
  });

  it.each([
    ['two\nlines\u0007\u202E', 'Asks you · two lines · now'],
    ['x'.repeat(80), `Asks you · ${'x'.repeat(39)}… · now`],
    ['\u200b', 'Asks you · a · now'],
  ])('makes one short line of the name %j', (name, label) => {
    expect(lines([sampleSession('a', 'asks-you', { name, ...since(0) })])[1]).toBe(`${label} → show a`);
  });
});

describe('icon and tooltip', () => {
  const waits = sampleSession('q', 'asks-you');
  it.each<[string, readonly SessionView[], string, string, string]>([
    ['nothing', [], 'idle', '', 'Athene: no agent works'],
    ['what is over', [sampleSession('d', 'done')], 'idle', '', 'Athene: no agent works'],
    ['work', working, 'working', '', 'Athene: 7 working'],
    ['a question beside work', [waits, ...working], 'waiting', '1', 'Athene: 1 waiting, 7 working'],
    ['a crash', [sampleSession('c', 'crashed')], 'idle', '', 'Athene: 1 broken'],
  ])('of %s', (_, sessions, form, title, tooltip) => {
    const { entries: _entries, ...shown } = view(sessions);
    expect(shown).toEqual({ form, title, tooltip });
  });
});
