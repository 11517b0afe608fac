// The agents that config.yaml defines, each by itself: one that can't be read is told with file, line and field, and hides no other.
import type { z } from 'zod';
import { ownAgentIdSchema, ownAgentSchema, type AgentIcon, type OwnAgent } from '#shared/domain/own-agent.ts';
import { linearPattern, type LinearPattern } from '../../../lib/linear-pattern.ts';
import type { AgentDefinition } from '../agent.ts';
import { ownAgent, type OwnPatterns } from './own-agent.ts';

/** As a YAML file has it. */
export interface OwnAgentEntry {
  readonly name: string;
  readonly line: number;
  readonly value: unknown;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export type DefinedAgent =
  | {
      readonly kind: 'ready';
      readonly id: string;
      readonly where: string;
      readonly icon: AgentIcon | null;
      readonly definition: AgentDefinition;
    }
  | {
      readonly kind: 'broken';
      readonly id: string;
      readonly where: string;
      readonly why: string;
      /** Not there for what is not an entry of the file. */
      readonly fault?: EntryFault;
    };

/** Where in the file, and what. */
export interface EntryFault {
  readonly line: number;
  /** From the top of the file on. */
  readonly path: readonly PropertyKey[];
  readonly what: string;
}

/** @param taken ids that Athene itself uses */
export function readOwnAgents(
  file: string,
  entries: readonly OwnAgentEntry[],
  taken: readonly string[],
): readonly DefinedAgent[] {
  return entries.map((entry) => readOwnAgent(file, entry, taken));
}

function readOwnAgent(file: string, entry: OwnAgentEntry, taken: readonly string[]): DefinedAgent {
  const broken = (path: readonly PropertyKey[], why: string): DefinedAgent => {
    const fault = { line: entry.lineOf(path), path: ['agents', entry.name, ...path], what: why };
    const where = `${file}, line ${fault.line}`;
    return { kind: 'broken', id: entry.name, where, why: `${fault.path.join('.')}: ${why}`, fault };
  };
  const name = ownAgentIdSchema.safeParse(entry.name);
  if (!name.success) return broken([], faultIn(name.error).why);
  if (taken.includes(entry.name)) return broken([], 'Athene has an agent of that name');
  const parsed = ownAgentSchema.safeParse(entry.value);
  if (!parsed.success) {
    const { path, why } = faultIn(parsed.error);
    return broken(path, why);
  }
  const patterns = patternsOf(parsed.data);
  if ('why' in patterns) return broken(patterns.path, patterns.why);
  return {
    kind: 'ready',
    id: entry.name,
    where: `${file}, line ${entry.line}`,
    icon: parsed.data.icon ?? null,
    definition: ownAgent(entry.name, parsed.data, patterns),
  };
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly why: string;
}

/** The first; of several forms that one could have, the one that was meant. Values are left out: they may be secrets. */
const faultIn = ({ issues: [first] }: z.ZodError): Fault =>
  first === undefined ? { path: [], why: 'it can’t be read' } : innermost(first);

function innermost(issue: z.core.$ZodIssue): Fault {
  const within =
    issue.code === 'invalid_union'
      ? issue.errors.map(([error]) => error).find((error) => error !== undefined && error.code !== 'invalid_type')
      : issue.code === 'invalid_key'
        ? issue.issues[0]
        : undefined;
  if (within === undefined) return { path: issue.path, why: issue.message };
  const { path, why } = innermost(within);
  return { path: [...issue.path, ...path], why };
}

function patternsOf({ titles, inputRow, questions }: OwnAgent): OwnPatterns | Fault {
  const faults: Fault[] = [];
  const made = (path: readonly string[], source: string | undefined): LinearPattern | null => {
    if (source === undefined) return null;
    const pattern = linearPattern(source);
    if (pattern.ok) return pattern.value;
    faults.push({ path, why: pattern.problem });
    return null;
  };
  const patterns = {
    works: made(['titles', 'works'], titles?.works),
    rests: made(['titles', 'rests'], titles?.rests),
    inputRow: made(['inputRow'], inputRow),
    command: made(['questions', 'command'], questions?.command),
  };
  return faults[0] ?? patterns;
}
