// What was said in a conversation of Claude Code 2.1.332, from its own record. Helpers have files of their own, and what it tells itself is not shown.
import type { Said } from '#shared/domain/conversation.ts';
import { fieldOf, textOf } from '../claims.ts';
import { called, failure, interrupted, note, returned, said, shortened, thought, told } from '../said.ts';

export function saidInEntry(entry: object): readonly Said[] {
  if (fieldOf(entry, 'isSidechain') === true || fieldOf(entry, 'isMeta') === true) return [];
  switch (textOf(entry, 'type')) {
    case 'user':
      return fieldOf(entry, 'isCompactSummary') === true ? [shortened] : partsOf(entry).flatMap(ofPerson);
    case 'assistant':
      return partsOf(entry).flatMap(fieldOf(entry, 'isApiErrorMessage') === true ? ofServer : ofModel);
    default:
      return [];
  }
}

/** Parts of a message; a text alone is one. */
function partsOf(entry: object): readonly unknown[] {
  const content = fieldOf(fieldOf(entry, 'message'), 'content');
  return Array.isArray(content) ? content : [content];
}

function ofPerson(part: unknown): readonly Said[] {
  if (textOf(part, 'type') === 'tool_result')
    return [
      returned(textOf(part, 'tool_use_id'), textIn(fieldOf(part, 'content')), fieldOf(part, 'is_error') === true),
    ];
  const text = typeof part === 'string' ? part : textOf(part, 'text');
  if (text === null) return [];
  if (text.startsWith('[Request interrupted by user')) return [interrupted];
  return ofNotes(text) ?? told(withoutReminders(text));
}

/** What stands between these words; piece by piece, since a pattern would read all that follows for each beginning without an end. */
function withoutReminders(text: string): string {
  const [begins, ends] = ['<system-reminder>', '</system-reminder>'];
  const pieces = text.split(ends);
  const last = pieces.pop() ?? '';
  return (
    pieces.map((piece) => (piece.includes(begins) ? piece.slice(0, piece.indexOf(begins)) : piece + ends)).join('') +
    last
  );
}

/** What it writes down in the person's name; null for what a person wrote. */
function ofNotes(text: string): readonly Said[] | null {
  const command =
    /^<command-(?:name|message)>[\s\S]*?<command-name>(.{1,200}?)<\/command-name>|^<command-name>(.{1,200}?)<\/command-name>/.exec(
      text,
    );
  if (command !== null) return told(command[1] ?? command[2] ?? null);
  const typed = /^<bash-input>([\s\S]{1,4000}?)<\/bash-input>/.exec(text)?.[1];
  if (typed !== undefined) return told(`! ${typed}`);
  const notice = /^<task-notification>[\s\S]*?(?:<summary>([\s\S]{1,1000}?)<\/summary>|$)/.exec(text);
  if (notice !== null) return note(notice[1] ?? 'What it had left to itself has ended');
  return /^<(?:command-|local-command-|bash-)/.test(text) ? [] : null;
}

function ofModel(part: unknown): readonly Said[] {
  switch (textOf(part, 'type')) {
    case 'text':
      return said(textOf(part, 'text'));
    case 'thinking':
      return thought(textOf(part, 'thinking'));
    case 'tool_use':
      return called({ call: textOf(part, 'id'), tool: textOf(part, 'name'), input: fieldOf(part, 'input') });
    default:
      return [];
  }
}

const ofServer = (part: unknown): readonly Said[] => failure(textOf(part, 'text'));

/** What a tool gave back: a text, or a list of parts, of which pictures are only named. */
const textIn = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : (Array.isArray(content) ? content : [])
        .map((part) => textOf(part, 'text') ?? `[${textOf(part, 'type') ?? 'something'}]`)
        .join('\n');
