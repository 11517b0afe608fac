// An issue as a Markdown file: lines `name: value` between two `---`, then its text. A small part of YAML, so that every editor and tool knows it.
import { issueFacts, type IssueFacts } from '#shared/domain/issue-facts.ts';
import { plainLine } from '#shared/domain/plain-line.ts';

export interface IssueFile {
  readonly facts: IssueFacts;
  readonly assignee: string | null;
}

const frontMatter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*\r?$\n?/m;
/** What says that there is nothing left to do. */
const closed: ReadonlySet<string> = new Set(['closed', 'done', 'completed', 'cancelled', 'canceled']);

/** A file without such lines is an issue, too: its first heading or line is its title. */
export function readIssueFile(text: string, id: string): IssueFile {
  const head = frontMatter.exec(text);
  const isHead = head !== null && text.replace(/^\uFEFF/, '').startsWith('---');
  const fields = isHead ? fieldsOf(head[1] ?? '') : new Map<string, readonly string[]>();
  const body = isHead ? text.slice(head.index + head[0].length) : text;
  const one = (name: string): string => fields.get(name)?.[0] ?? '';
  const facts = issueFacts({
    title: one('title') || firstLine(body) || id,
    labels: fields.get('labels') ?? [],
    description: body,
    completed: closed.has(one('state').toLowerCase()),
  });
  return { facts, assignee: one('assignee') === '' ? null : plainLine(one('assignee'), 100) };
}

const firstLine = (body: string): string => /^#{0,6}[ \t]*(\S.*)$/m.exec(body)?.[1]?.trim() ?? '';

/** `labels: [a, b]`, `labels: a, b`, or one a line after a dash. */
function fieldsOf(head: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, readonly string[]>();
  let last = '';
  for (const line of head.split(/\r?\n/)) {
    const item = /^[ \t]*-[ \t]+(.+)$/.exec(line)?.[1];
    const field = /^([A-Za-z]\w*):[ \t]*(.*)$/.exec(line);
    if (field !== null) {
      last = (field[1] ?? '').toLowerCase();
      fields.set(last, valuesOf(last, field[2] ?? ''));
    } else if (item !== undefined && last !== '') fields.set(last, [...(fields.get(last) ?? []), plainValue(item)]);
  }
  return fields;
}

function valuesOf(name: string, text: string): readonly string[] {
  const list = /^\[(.*)\][ \t]*$/.exec(text)?.[1] ?? (name === 'labels' ? text : null);
  const values = list === null ? [text] : list.split(',');
  return values.map(plainValue).filter((value) => value !== '');
}

function plainValue(text: string): string {
  const trimmed = text.trim();
  if (/^'.*'$/.test(trimmed)) return trimmed.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/.test(trimmed)) return trimmed.replace(/[ \t]+#.*$/, '');
  try {
    return String(JSON.parse(trimmed));
  } catch {
    return trimmed.slice(1, -1); // Quoted in a way of its own: what stands between the quotes.
  }
}

export const newIssueText = (id: string, { title, body }: { readonly title: string; readonly body: string }): string =>
  ['---', `id: ${JSON.stringify(id)}`, `title: ${JSON.stringify(title)}`, 'state: open', '---', '', body.trim(), '']
    .join('\n')
    .replace(/\n+$/, '\n');

/** Only that line is another afterwards; a file without one gets it. */
export function withState(text: string, state: 'open' | 'closed'): string {
  const head = frontMatter.exec(text);
  const isHead = head !== null && text.replace(/^\uFEFF/, '').startsWith('---');
  if (!isHead) return `---\nstate: ${state}\n---\n\n${text}`;
  const fields = head[1] ?? '';
  const next = /^state:.*$/im.test(fields)
    ? fields.replace(/^state:[^\r\n]*/im, `state: ${state}`)
    : `${fields}state: ${state}\n`;
  const at = text.indexOf('\n', head.index) + 1;
  return text.slice(0, at) + next + text.slice(at + fields.length);
}
