// Issues as Markdown files in the project's own repository, for people who have no other tracker. What is in them is text that others may have
// written; a link, a directory outside of the repository and a strange file are left alone.
import { isAbsolute, join, normalize, sep } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import {
  codeOf,
  createFile,
  isReallyInside,
  listDirectory,
  makeDirectories,
  modeOf,
  probePath,
  readStrangeFile,
  writeFileAtomic,
} from '../../../lib/files.ts';
import type { ListedIssue, TrackerFailure, WholeTracker } from '../tracker.ts';
import { newIssueText, readIssueFile, withState, type IssueFile } from './issue-file.ts';

/** Bytes of one; of more files than this the rest is not read. */
const [largest, most] = [256 * 1024, 2000];

/** @param path of the directory, from the project's on. Null: it can't be one inside of it. */
export function createLocalTracker(project: string, path: string): WholeTracker | null {
  const way = normalize(path);
  if (isAbsolute(path) || way === '..' || way.startsWith(`..${sep}`) || /[\0\n]/.test(path)) return null;
  const place: Place = { project, directory: join(project, way) };
  const find = (id: string): Result<IssueFile, TrackerFailure> => {
    const text = readIssue(place, id);
    return text.ok ? ok(readIssueFile(text.value, id)) : text;
  };
  return {
    name: 'local issues',
    async getIssue(id) {
      const found = find(id);
      return found.ok ? ok({ facts: found.value.facts, url: null, branch: null }) : found;
    },
    async isCompleted(id): Promise<Result<boolean, TrackerFailure>> {
      const found = find(id);
      return found.ok ? ok(found.value.facts.completed) : found;
    },
    async listIssues({ query, state, limit }) {
      const usable = whereItIs(place);
      if (usable !== null) return usable === 'absent' ? ok([]) : fail(usable);
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const issues = idsIn(place).flatMap((id): readonly ListedIssue[] => {
        const found = find(id);
        return found.ok ? [toListed(id, found.value)] : [];
      });
      const wanted = issues.filter(
        (issue) =>
          (state === 'all' || issue.state === state) &&
          words.every((word) => `${issue.id} ${issue.title} ${issue.labels.join(' ')}`.toLowerCase().includes(word)),
      );
      return ok(wanted.slice(0, limit));
    },
    async createIssue(issue): Promise<Result<string, TrackerFailure>> {
      const usable = whereItIs(place);
      if (usable !== null && usable !== 'absent') return fail(usable);
      return written(() => {
        makeDirectories(place.directory);
        const numbers = idsIn(place).map(Number).filter(Number.isSafeInteger);
        for (let number = Math.max(0, ...numbers) + 1; ; number += 1) {
          const id = String(number);
          // Somebody may make one at the same time.
          if (createFile(fileOf(place, id), newIssueText(id, issue), 0o644)) return id;
        }
      });
    },
    async setState(id, state): Promise<Result<null, TrackerFailure>> {
      const text = readIssue(place, id);
      if (!text.ok) return text;
      return written(() => {
        const file = fileOf(place, id);
        writeFileAtomic(file, withState(text.value, state), modeOf(file));
        return null;
      });
    },
    branchName: (id) => (isId(id) ? (/^\d+$/.test(id) ? `feat/issue-${id}` : `feat/${id}`) : null),
    issueUrl: () => null,
  };
}

interface Place {
  readonly project: string;
  readonly directory: string;
}

/** As a file is called, which normal forms of issues may be. */
const isId = (id: string): boolean => /^[a-z0-9][a-z0-9._-]{0,80}$/.test(id) && !id.includes('..');

const fileOf = ({ directory }: Place, id: string): string => join(directory, `${id}.md`);

/** Null: it can be read. A link leads out, or may do so tomorrow. */
function whereItIs({ project, directory }: Place): TrackerFailure | 'absent' | null {
  const probe = probePath(directory);
  if (probe.kind === 'absent') return 'absent';
  const isOwn = probe.kind === 'directory' && (directory === project || isReallyInside(directory, project));
  return isOwn ? null : failure('unreachable', `${directory} is no directory of the repository itself.`);
}

/** Newest first: by number, then those with names. */
function idsIn(place: Place): readonly string[] {
  const names = listDirectory(place.directory).slice(0, most);
  const ids = names.flatMap((name) => (name.endsWith('.md') && isId(name.slice(0, -3)) ? [name.slice(0, -3)] : []));
  return ids.toSorted((a, b) => (Number(b) || 0) - (Number(a) || 0) || (a < b ? -1 : 1));
}

function readIssue(place: Place, id: string): Result<string, TrackerFailure> {
  const usable = whereItIs(place);
  if (usable !== null && usable !== 'absent') return fail(usable);
  if (usable === 'absent' || !isId(id)) return fail(noIssue(place, id));
  const read = readStrangeFile(fileOf(place, id), largest);
  if (read.kind === 'absent') return fail(noIssue(place, id));
  if (read.kind === 'refused') return fail(failure('refused', `${fileOf(place, id)} is not read: ${read.why}.`));
  return ok(read.text);
}

const toListed = (id: string, { facts, assignee }: IssueFile): ListedIssue => ({
  ...{ id, title: facts.title, labels: facts.labels, assignee, url: null },
  state: facts.completed ? 'closed' : 'open',
});

function written<T>(work: () => T): Result<T, TrackerFailure> {
  try {
    return ok(work());
  } catch (error) {
    return fail(failure('refused', `It could not be written (${codeOf(error)}).`));
  }
}

const noIssue = ({ directory }: Place, id: string): TrackerFailure =>
  failure('not-found', `There is no issue ${JSON.stringify(id.slice(0, 100))} in ${directory}.`);

const failure = (kind: TrackerFailure['kind'], what: string): TrackerFailure => ({
  ...{ kind, what, details: '' },
  todo: 'See `athene issue ls` for those that there are.',
});
