// What definitions say of a session, from what an agent told or wrote down: outside text becomes a short line without secrets.
import { plainLine } from '#shared/domain/plain-line.ts';
import type { FactClaim } from '#shared/domain/fact.ts';
import { redact } from '../../../lib/log.ts';

/** Code points; none needs more than two of the units that a fact counts. */
const longestOn = 100;
const longestWhy = 150;
const longestId = 50;

/** @param on what it does, for people; null when it only thinks, or nobody knows */
export const works = (on: string | null): FactClaim => ({ kind: 'works', on: lineOf(on, longestOn) });

export const rests: FactClaim = { kind: 'rests' };
export const started: FactClaim = { kind: 'started' };
export const answered: FactClaim = { kind: 'answered' };

export const blocked = (why: string | null): FactClaim => ({
  kind: 'blocked',
  why: lineOf(why === null ? null : messageIn(why), longestWhy) ?? 'It did not say why.',
});

/** The message in what a model's server answered, where an agent hands that on as it came. */
export function messageIn(text: string): string {
  const quoted = /"message"\s*:\s*"((?:[^"\\]|\\.){1,1000})"/.exec(text.slice(0, 4000))?.[1];
  return quoted === undefined ? text : quoted.replaceAll(/\\(.)/g, '$1');
}

export const helper = (id: string | null, change: 'began' | 'ended'): FactClaim => ({
  kind: 'helper',
  id: lineOf(id, longestId),
  change,
});

/** What tools of these agents call that which they are used on, the most telling first. */
const subjects = [
  'command',
  'cmd',
  'file_path',
  'filePath',
  'absolute_path',
  'path',
  'pattern',
  'query',
  'url',
  'description',
];

/** A tool, and on what: `Bash: npm test`. Null when the tool has no name. */
export function toolUse(name: unknown, input: unknown): string | null {
  if (typeof name !== 'string') return null;
  const subject = toolSubject(input);
  return subject === null ? name : `${name}: ${subject}`;
}

/** What a tool is to be used on; null when it does not say. */
export const toolSubject = (input: unknown): string | null =>
  subjects.map((field) => subjectIn(input, field)).find((text) => text !== null) ?? null;

/** An argument list is a command too; of `bash -lc LINE` the line is. */
function subjectIn(input: unknown, field: string): string | null {
  const value = fieldOf(input, field);
  if (Array.isArray(value)) return subjectOf(value.at(-1));
  return subjectOf(value);
}

const subjectOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** Own fields of an object alone; undefined for everything else. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

export function textOf(value: unknown, name: string): string | null {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : null;
}

/** What looks like a secret goes before the text is cut, so that none is left in half. */
const lineOf = (text: string | null, max: number): string | null =>
  text === null ? null : plainLine(redact(text, 0) as string, max) || null;
