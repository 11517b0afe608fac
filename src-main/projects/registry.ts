// The projects that config.yaml names: those that can be used, and those that can't with line and reason.
import { z } from 'zod';
import { projectIdPattern } from '#shared/domain/identifier.ts';
import { projectSchema, type Project } from '#shared/domain/project-entry.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { noWork, workOf } from '#shared/domain/set-up.ts';
import { isAbsolute } from 'node:path';
import { probePath } from '../lib/files.ts';
import type { RawConfig, RawEntry } from './config-file.ts';

export interface ReadyProject extends Project {
  readonly id: string;
}

export interface DegradedProject {
  readonly id: string;
  readonly line: number;
  readonly reason: string;
  /** As far as it could be read. */
  readonly path: string;
  readonly prefix: string;
}

export interface Registry {
  readonly ready: readonly ReadyProject[];
  readonly degraded: readonly DegradedProject[];
}

/** A newer Athene's keys are no mistake of this one's entry. */
const entrySchema = z.object(projectSchema.shape);

/** Pure but for a look whether each directory is there. Ids and prefixes are unique whatever the case: the first one has them. */
export function readRegistry(config: RawConfig): Registry {
  const ready: ReadyProject[] = [];
  const degraded: DegradedProject[] = [];
  for (const entry of config.projects) {
    const judged = judge(entry, ready);
    if (typeof judged === 'string') degraded.push(describe(entry, judged));
    else ready.push(judged);
  }
  return { ready, degraded };
}

function judge({ name, value }: RawEntry, before: readonly ReadyProject[]): ReadyProject | string {
  if (!projectIdPattern.test(name)) return 'the id must have 1-64 letters, digits, _ or -';
  if (value === undefined) return 'it can not be read';
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    return parsed.error.issues
      .map(({ path, message }) => `${path.map(String).join('.') || 'entry'}: ${message}`)
      .join('; ');
  }
  const project = parsed.data;
  if (!isAbsolute(project.path)) return `path: must be absolute, not ${project.path}`;
  const twin = before.find(({ id }) => sameWord(id, name));
  if (twin !== undefined) return `the id is that of ${twin.id} in other case`;
  const rival = before.find(({ sessionPrefix }) => sameWord(sessionPrefix, project.sessionPrefix));
  if (rival !== undefined) return `sessionPrefix: ${project.sessionPrefix} belongs to ${rival.id}; give it another one`;
  const there = probePath(project.path);
  if (there.kind === 'absent') return `path: there is nothing at ${project.path}; has it been moved?`;
  if (there.kind === 'file' || there.kind === 'other') return `path: ${project.path} is not a directory`;
  return { ...project, id: name };
}

export const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function describe({ name, line, value }: RawEntry, reason: string): DegradedProject {
  const raw = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const text = (key: string): string => (typeof raw[key] === 'string' ? raw[key] : '');
  return { id: name, line, reason, path: text('path'), prefix: text('sessionPrefix') };
}

/** Degraded ones come along, except where the id itself is the trouble: those are only told as troubles. */
export function projectViews({ ready, degraded }: Registry): readonly ProjectView[] {
  const taken = new Set(ready.map(({ id }) => id));
  const shown = degraded.filter(({ id }) => projectIdPattern.test(id) && !taken.has(id));
  return [...ready.map((project) => readyView(project)), ...shown.map((project) => degradedView(project))];
}

export const readyView = (project: ReadyProject): ProjectView => ({
  id: project.id,
  name: project.name ?? project.id,
  path: project.path,
  prefix: project.sessionPrefix,
  defaultBranch: project.defaultBranch,
  work: workOf(project),
  state: 'ready',
  problem: null,
  trustWorktrees: project.trustWorktrees === true,
  maximalAgents: project.maximalAgents ?? null,
  replies: project.replies ?? [],
});

const degradedView = ({ id, path, prefix, line, reason }: DegradedProject): ProjectView => ({
  id,
  name: id,
  path,
  prefix,
  defaultBranch: '',
  work: noWork,
  state: 'degraded',
  problem: `config.yaml, line ${line}: ${reason}`,
  trustWorktrees: false,
  maximalAgents: null,
  replies: [],
});
