// The plugin's own text, loaded and called as opencode 1.18.33 calls it; what it writes is read as the spool is read.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSpool } from '../../../../spool/read-spool.ts';
import { opencodePlugin } from './plugin.ts';

interface Hooks {
  event?(call: { readonly event: { readonly type: string; readonly properties?: unknown } }): Promise<void>;
}

let home: string;
let spool: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-plugin-'));
  spool = join(home, 'spool');
  mkdirSync(spool, { mode: 0o700 });
  writeFileSync(join(home, 'athene-hook'), '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const inSession = { ATHENE_HOME: '', ATHENE_SESSION: 'web-1', ATHENE_TERMINAL: '0191d3c8-7c1e-7000-8000-000000000001' };

async function load(env: Readonly<Record<string, string>> = {}): Promise<Hooks> {
  const all = { ...inSession, ATHENE_HOME: home, AO_HOME: '', AO_SESSION: '', AO_TERMINAL: '', ...env };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const file = join(home, 'plugin.mjs');
  writeFileSync(file, opencodePlugin(join(home, 'athene-hook')));
  const { AtheneHooks } = (await import(pathToFileURL(file).href)) as { AtheneHooks(): Promise<Hooks> };
  return AtheneHooks();
}

const events = () => readSpool(spool, Date.now()).map((file) => (file.kind === 'event' ? file.event : file));
const told = () =>
  events().map((event) => ('event' in event || !('data' in event) ? event : [event.kind, event.data['told']]));

async function happens(
  hooks: Hooks,
  ...all: readonly (readonly [type: string, properties?: unknown])[]
): Promise<void> {
  for (const [type, properties] of all) await hooks.event?.({ event: { type, properties } });
}

const session = (id: string, parentID?: string) => ({ sessionID: id, info: { id, parentID, title: 'A title' } });
const status = (sessionID: string, type: string) => ['session.status', { sessionID, status: { type } }] as const;

it('tells what happens in a turn, in the order in which it happened', async () => {
  await happens(
    await load(),
    ['session.created', session('ses_1')],
    ['session.updated', session('ses_1')],
    status('ses_1', 'busy'),
    status('ses_1', 'busy'),
    ['permission.asked', { id: 'per_1', sessionID: 'ses_1', permission: 'bash', patterns: ['ls'], metadata: {} }],
    ['permission.replied', { sessionID: 'ses_1', requestID: 'per_1', reply: 'once' }],
    ['session.status', { sessionID: 'ses_1', status: { type: 'retry', attempt: 1, message: 'Overloaded' } }],
    ['session.error', { sessionID: 'ses_1', error: { name: 'ApiError', data: { message: 'Overloaded' } } }],
    ['message.part.delta', { sessionID: 'ses_1', delta: 'some text' }],
    status('ses_1', 'idle'),
    ['session.idle', { sessionID: 'ses_1' }],
  );
  expect(told()).toEqual([
    ['SessionStart', { session_id: 'ses_1' }],
    ['UserPromptSubmit', { session_id: 'ses_1' }],
    [
      'PermissionRequest',
      { session_id: 'ses_1', request: 'per_1', permission: 'bash', patterns: ['ls'], cwd: process.cwd() },
    ],
    ['PermissionReply', { session_id: 'ses_1', request: 'per_1', reply: 'once' }],
    ['Retry', { session_id: 'ses_1', message: 'Overloaded' }],
    ['Error', { session_id: 'ses_1', error: 'ApiError', message: 'Overloaded' }],
    ['Stop', { session_id: 'ses_1', error: 'ApiError', message: 'Overloaded' }],
  ]);
  expect(events()[0]).toMatchObject({ session: 'web-1', terminal: inSession.ATHENE_TERMINAL, source: 'opencode' });
  const modes = readdirSync(spool).map((name) => statSync(join(spool, name)).mode & 0o777);
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

it('tells which conversation is the person’s: not one that helps in it, and another one once a turn begins there', async () => {
  await happens(
    await load(),
    ['session.updated', session('ses_old')],
    status('ses_old', 'busy'),
    ['session.created', session('ses_help', 'ses_old')],
    status('ses_help', 'busy'),
    ['session.status', { sessionID: 'ses_help', status: { type: 'retry', message: 'Overloaded' } }],
    ['session.error', { sessionID: 'ses_help', error: { name: 'ApiError' } }],
    ['session.idle', { sessionID: 'ses_help' }],
    ['session.idle', { sessionID: 'ses_old' }],
    ['session.created', session('ses_new')],
    ['session.updated', session('ses_old')],
    status('ses_unknown', 'busy'),
  );
  expect(told()).toEqual([
    ['SessionStart', { session_id: 'ses_old' }],
    ['UserPromptSubmit', { session_id: 'ses_old' }],
    ['SubagentStart', { session_id: 'ses_help' }],
    ['SubagentStop', { session_id: 'ses_help', error: 'ApiError' }],
    ['Stop', { session_id: 'ses_old' }],
    ['SessionStart', { session_id: 'ses_new' }],
    ['UserPromptSubmit', { session_id: 'ses_unknown' }],
  ]);
});

it('cuts what is long to what says which conversation it is', async () => {
  const patterns = ['x'.repeat(300_000)];
  await happens(await load(), ['permission.asked', { id: 'per_1', sessionID: 'ses_1', permission: 'bash', patterns }]);
  expect(told()).toEqual([['PermissionRequest', { session_id: 'ses_1', cut: true }]]);
});

it.each([
  ['outside of a session', { ATHENE_SESSION: '' }],
  ['for a home that is no absolute path', { ATHENE_HOME: 'here' }],
  ['for a session that is a path', { ATHENE_SESSION: '../x' }],
])('does nothing %s', async (_, env) => {
  expect(await load(env)).toEqual({});
});

it.each<[string, () => void]>([
  ['the hooks were removed', () => rmSync(join(home, 'athene-hook'))],
  ['there is no spool', () => rmSync(spool, { recursive: true })],
  ['the spool is a file', () => (rmSync(spool, { recursive: true }), writeFileSync(spool, ''))],
])('writes nothing and fails nothing when %s', async (_, spoil) => {
  const hooks = await load();
  spoil();
  await happens(hooks, ['session.idle', { sessionID: 'ses_1' }]);
  const isDirectory = statSync(spool, { throwIfNoEntry: false })?.isDirectory() === true;
  expect(isDirectory ? readdirSync(spool) : []).toEqual([]);
});

it('goes on after an event that it does not understand', async () => {
  await happens(await load(), ['session.created'], ['session.status', {}], ['session.idle', { sessionID: 'ses_1' }]);
  expect(told()).toEqual([['Stop', { session_id: 'ses_1' }]]);
});
