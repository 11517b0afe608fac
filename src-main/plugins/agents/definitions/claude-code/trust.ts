// Claude Code 2.1.197 keeps in its own settings which folders are trusted, and knows no other way to be told.
import { join } from 'node:path';
import { probePath } from '../../../../lib/files.ts';
import type { AgentTrust } from '../../agent.ts';
import { editJson, type JsonObject } from '../edit-json.ts';

const mark = 'hasTrustDialogAccepted';

export const claudeCodeTrust: AgentTrust = {
  kind: 'file',
  file(login) {
    const person = login['HOME'] ?? '';
    const early = join(login['CLAUDE_CONFIG_DIR'] || join(person, '.claude'), '.config.json');
    // A link there is Claude's file too, and left alone.
    return probePath(early).kind !== 'absent' ? early : join(login['CLAUDE_CONFIG_DIR'] || person, '.claude.json');
  },
  add: (text, worktree) =>
    editJson(text, (settings) => {
      const projects = objectIn(settings, 'projects') ?? {};
      const entry = objectIn(projects, worktree) ?? {};
      if (entry[mark] === true) return null;
      return { ...settings, projects: { ...projects, [worktree]: { ...entry, [mark]: true } } };
    }),
  /** What Claude itself noted of the folder stays. */
  remove: (text, worktree) =>
    editJson(text, (settings) => {
      const projects = objectIn(settings, 'projects') ?? {};
      const { [worktree]: _entry, ...others } = projects;
      const { [mark]: trusted, ...rest } = objectIn(projects, worktree) ?? {};
      if (trusted !== true) return null;
      return { ...settings, projects: Object.keys(rest).length === 0 ? others : { ...projects, [worktree]: rest } };
    }),
};

/** Undefined when there is none; throws when something else stands there. */
function objectIn(object: JsonObject, name: string): JsonObject | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`"${name}" is no object`);
  return value as JsonObject;
}
