// What the agents of sessions may do: the form of a rule, and the decision. The rules themselves stand beside the contract.
import { assertNever } from '../lib/assert-never.ts';
import type { Caller, SessionCaller, UnprovenCaller } from './caller.ts';
import type { SessionKind } from './lifecycle.ts';
import type { Owner } from './owner.ts';
import type { Problem } from './problem.ts';

/** How what a call is about must stand to whoever asks. */
export type Relation = 'anything' | 'itself' | 'its leader' | 'its workers' | 'its projects';

/** What a call is about, as its input names it. */
export type Target =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'project'; readonly id: string }
  | { readonly kind: 'none' };

/** The same with what is on record of it; `unknown`: there is no such session, or its record can't be read. */
export type Subject =
  | {
      readonly kind: 'session';
      readonly id: string;
      readonly role: SessionKind;
      readonly project: string;
      readonly owner: Owner;
    }
  | { readonly kind: 'unknown-session'; readonly id: string }
  | Exclude<Target, { readonly kind: 'session' }>;

export interface RoleRule<Input> {
  readonly who: 'roles';
  /** After "may not". */
  readonly does: string;
  readonly about: (input: Input) => Target;
  /** An empty list: never. */
  readonly may: Readonly<Record<SessionKind, readonly Relation[]>>;
}

export type Rule<Input> =
  /** Only looks. */
  | { readonly who: 'everybody' }
  /** `destructive`: a policy could allow it one day. */
  | { readonly who: 'person'; readonly does: string; readonly destructive?: true }
  | RoleRule<Input>
  /** One call that with some inputs is another thing: a dry run only looks. */
  | {
      readonly who: 'cases';
      readonly called: string;
      readonly holds: (input: Input) => boolean;
      readonly inThatCase: PlainRule<Input>;
      readonly otherwise: PlainRule<Input>;
    };
export type PlainRule<Input> = Exclude<Rule<Input>, { readonly who: 'cases' }>;

export const ruleFor = <Input>(rule: Rule<Input>, input: Input): PlainRule<Input> => {
  if (rule.who !== 'cases') return rule;
  return rule.holds(input) ? rule.inThatCase : rule.otherwise;
};

/** Null when the caller may. `subjectOf` is asked only when it matters. */
export function refusalOf<Input>(
  rule: Rule<Input>,
  { caller, input, subjectOf }: Asked<Input>,
): Problem<'not-allowed'> | null {
  if (caller.kind === 'window' || caller.kind === 'command') return null;
  const plain = ruleFor(rule, input);
  if (plain.who === 'everybody') return null;
  if (caller.kind === 'unproven') return unproven(caller);
  if (plain.who === 'person') return refusal(caller, plain.does, plain.destructive === true ? policy : person);
  const relations = plain.may[caller.role];
  const subject = subjectOf(plain.about(input));
  if (relations.some((relation) => stands(relation, caller, subject))) return null;
  return refusal(caller, plain.does + named(subject), relations.length === 0 ? person : openTo(relations));
}

export interface Asked<Input> {
  readonly caller: Caller;
  readonly input: Input;
  readonly subjectOf: (target: Target) => Subject;
}

function stands(relation: Relation, caller: SessionCaller, subject: Subject): boolean {
  switch (relation) {
    case 'anything':
      return true;
    case 'itself':
      return subject.kind === 'session' && subject.id === caller.session;
    case 'its leader':
      return subject.kind === 'session' && leads(subject, caller);
    case 'its workers':
      return subject.kind === 'session' && subject.role === 'worker' && isOwned(subject, caller);
    case 'its projects':
      return subject.kind === 'project' && caller.leads.includes(subject.id);
    default:
      return assertNever(relation);
  }
}

type SessionSubject = Extract<Subject, { readonly kind: 'session' }>;

function leads(leader: SessionSubject, { owner, project }: SessionCaller): boolean {
  if (owner.kind === 'meta') return leader.role === 'meta-orchestrator' && leader.id === owner.name;
  return leader.role === 'orchestrator' && leader.project === project;
}

/** A meta-orchestrator's workers bear its name; the others of a project are its orchestrator's. */
function isOwned({ owner, project }: SessionSubject, caller: SessionCaller): boolean {
  if (caller.role === 'meta-orchestrator') return owner.kind === 'meta' && owner.name === caller.session;
  return owner.kind === 'project' && caller.leads.includes(project);
}

const refusal = ({ session, role }: SessionCaller, what: string, todo: string): Problem<'not-allowed'> => ({
  code: 'not-allowed',
  what: `The agent of ${session} (${role}) may not ${what}.`,
  kept: 'Nothing was changed.',
  todo,
});

const person = 'Ask the person, or whoever leads this session.';
const policy = 'This needs a person, or a policy that allows it, and there is none: ask the person.';
const openTo = (relations: readonly Relation[]): string => `Open to it: ${relations.join(', ')}. ${person}`;

function named(subject: Subject): string {
  switch (subject.kind) {
    case 'none':
      return '';
    case 'unknown-session':
      return ` ${subject.id}, of which nothing is known`;
    case 'session':
    case 'project':
      return ` ${subject.id}`;
    default:
      return assertNever(subject);
  }
}

const unprovenWhy = {
  'token-missing': 'its token is missing from the environment',
  'token-wrong': 'the token in the environment is not that of this session',
  'session-ended': 'this session has ended, and its token with it',
  'cannot-tell': 'the home can not be read now, so its token proves nothing',
} as const satisfies Record<UnprovenCaller['why'], string>;

const unproven = ({ session, why }: UnprovenCaller): Problem<'not-allowed'> => ({
  code: 'not-allowed',
  what: `This command comes from the agent of ${session ?? 'a session that it does not name'}: ${unprovenWhy[why]}.`,
  kept: 'Nothing was changed. What only looks is allowed.',
  todo: 'Run it with the environment that the agent was started with, or ask the person; a person uses a terminal of their own.',
});
