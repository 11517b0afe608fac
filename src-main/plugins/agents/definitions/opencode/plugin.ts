// The plugin that tells the spool what happens in opencode. Tried with 1.18.33, where it runs in opencode's own process: it throws nothing
// into it, changes nothing there, and does nothing outside of a session or once the hooks were removed.

/** Its text. `command`: the hook program, absolute; when that is gone, hooks were removed. */
export const opencodePlugin = (command: string): string => `// Made by Athene; \`athene hooks status\` tells more.
import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

const command = ${JSON.stringify(command)};
const variable = (name) => process.env['ATHENE_' + name] || process.env['AO_' + name] || '';
const [home, session, terminal] = ['HOME', 'SESSION', 'TERMINAL'].map(variable);
const isInSession = isAbsolute(home) && /^[A-Za-z0-9_-]+$/.test(session) && /^[0-9a-f-]+$/.test(terminal);
/** Characters. */
const largest = ${64 * 1024};
let last = 0;

/** Events of one moment stay in their order. */
const nextMoment = () => (last = Math.max(last + 1, Date.now()));

function tell(kind, told) {
  const spool = join(home, 'spool');
  if (!existsSync(command) || !lstatSync(spool).isDirectory()) return;
  const id = randomUUID();
  const unfinished = join(spool, '.' + id + '.tmp');
  const event = { version: 1, id, session, terminal, source: 'opencode', kind, at: nextMoment() };
  const text = JSON.stringify(told);
  const short = text.length <= largest ? text : JSON.stringify({ session_id: told.session_id, cut: true });
  try {
    writeFileSync(unfinished, JSON.stringify(event) + '\\n' + short + '\\n', { flag: 'wx', mode: 0o600 });
    renameSync(unfinished, join(spool, id + '.json'));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Conversations of the person, those that help in one, those that are at a turn; why the turn of one failed. */
const [own, helping, busy, failed] = [new Set(), new Set(), new Set(), new Map()];
let current = null;

function know({ id, parentID }) {
  (parentID ? helping : own).add(id);
}

/** A conversation that goes on is only known by its next turn. */
function begin(id) {
  if (!own.has(id) || id === current) return;
  current = id;
  tell('SessionStart', { session_id: id });
}

function turn(id) {
  if (busy.has(id)) return;
  busy.add(id);
  failed.delete(id);
  if (helping.has(id)) return tell('SubagentStart', { session_id: id });
  begin(id);
  tell('UserPromptSubmit', { session_id: id });
}

function rest(id) {
  busy.delete(id);
  tell(helping.has(id) ? 'SubagentStop' : 'Stop', { session_id: id, ...failed.get(id) });
}

/** It rests afterwards, so the end of its turn tells it too. That of a helper is the affair of whoever asked it. */
function fail(id, why) {
  failed.set(id, why);
  if (!helping.has(id)) tell('Error', { session_id: id, ...why });
}

const handlers = {
  'session.created': ({ info }) => {
    know(info);
    begin(info.id);
  },
  'session.updated': ({ info }) => know(info),
  'session.status': ({ sessionID, status }) => {
    if (status.type === 'busy') turn(sessionID);
    if (status.type === 'retry' && !helping.has(sessionID)) tell('Retry', { session_id: sessionID, message: status.message });
  },
  'session.idle': ({ sessionID }) => rest(sessionID),
  'session.error': ({ sessionID, error }) => fail(sessionID, { error: error?.name, message: error?.data?.message }),
  'permission.asked': ({ id, sessionID, permission, patterns }) =>
    tell('PermissionRequest', { session_id: sessionID, request: id, permission, patterns, cwd: process.cwd() }),
  'permission.replied': ({ sessionID, requestID, reply }) =>
    tell('PermissionReply', { session_id: sessionID, request: requestID, reply }),
  'question.asked': ({ id, sessionID, questions }) =>
    tell('Question', { session_id: sessionID, request: id, questions: questions?.map(({ question }) => ({ question })) }),
  'question.replied': ({ sessionID, requestID }) => tell('QuestionReply', { session_id: sessionID, request: requestID }),
  'question.rejected': ({ sessionID, requestID }) =>
    tell('QuestionReply', { session_id: sessionID, request: requestID, reply: 'reject' }),
};

export const AtheneHooks = async () => {
  if (!isInSession) return {};
  return {
    event: async ({ event }) => {
      try {
        handlers[event.type]?.(event.properties);
      } catch {
        // opencode must not notice.
      }
    },
  };
};
`;
